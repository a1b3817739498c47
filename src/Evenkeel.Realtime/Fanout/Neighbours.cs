namespace Evenkeel.Realtime.Fanout;

/// <summary>Whether other processes may work on the same database.</summary>
/// <param name="AreImpossible">An embedded database belongs to one process: nothing can happen that this one does not know of.</param>
internal sealed record Neighbours(bool AreImpossible);
