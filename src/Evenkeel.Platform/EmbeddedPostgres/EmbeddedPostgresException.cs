namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>The embedded database cannot be used. The message is one sentence for the operator: what is wrong and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? innerException = null) : Exception(message, innerException);
