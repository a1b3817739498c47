namespace Evenkeel.Platform.Identifiers;

/// <summary>The one maker of ids: UUIDv7, so that rows of one table lie in the order they were made.</summary>
public class IdSource(TimeProvider time)
{
    /// <summary>A new id; later ids of one process are not smaller within a millisecond's accuracy.</summary>
#pragma warning disable RS0030 // this is the one place where ids are made
    public virtual Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
#pragma warning restore RS0030
}
