namespace Evenkeel.Faults.Proxy;

/// <summary>One round trip of a client to PostgreSQL: everything up to a Sync, or a simple query. It is one transaction unless it says otherwise.</summary>
/// <param name="Client">Which process makes it.</param>
/// <param name="Number">Counted by the proxy since its start.</param>
/// <param name="Statements">The SQL of what is executed, in order.</param>
public sealed record Call(string Client, long Number, IReadOnlyList<string> Statements)
{
    /// <summary>What the program does with it.</summary>
    public Marks Marks { get; } = MarkedStatements.Of(Statements);

    /// <inheritdoc/>
    public override string ToString() => $"call {Number} of {Client} ({Marks})";
}
