namespace Evenkeel.Bench.Processes;

/// <summary>Memory of the server and of its database.</summary>
internal sealed record MemoryFigures(Memory Server, Memory Database);

/// <summary>Memory at named moments; the largest of each name is kept.</summary>
internal sealed class MemoryWatch(EvenkeelProcess server)
{
    private readonly Dictionary<string, MemoryFigures> _figures = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, MemoryFigures> Figures => _figures;

    public void Take(string moment)
    {
        var now = new MemoryFigures(ProcessFigures.MemoryOf(server.Id), ProcessFigures.TreeMemoryOf(server.PostmasterId));
        if (!_figures.TryGetValue(moment, out var before) || now.Server.Proportional > before.Server.Proportional)
        {
            _figures[moment] = now;
        }
    }
}
