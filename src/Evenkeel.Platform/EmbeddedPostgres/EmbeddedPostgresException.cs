namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>The embedded database cannot be used. The message is one sentence for the operator: what is wrong and what to do.</summary>
public class EmbeddedPostgresException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Another process holds the data folder: a second server is not possible, but <see cref="RunningCluster"/> may reach its database.</summary>
public sealed class DataFolderInUseException(string message, Exception? innerException = null) : EmbeddedPostgresException(message, innerException);
