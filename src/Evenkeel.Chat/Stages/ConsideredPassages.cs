using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Chat.Stages;

/// <summary>
/// The candidates of a search as the timeline keeps them: a table by columns, row i of each being the same passage. By rows, with every name said
/// fifty times, they were most of what a turn writes. A column in which nothing stands is left out.
/// </summary>
internal sealed record ConsideredPassages
{
    public required Guid[] PassageId { get; init; }
    public int?[]? LexicalRank { get; init; }
    public double?[]? LexicalScore { get; init; }
    public int?[]? VectorRank { get; init; }
    public double?[]? VectorScore { get; init; }

    /// <summary>Only where there are vectors: with words alone it is the same as theirs.</summary>
    public int?[]? FusedRank { get; init; }
    public double?[]? FusedScore { get; init; }
    public int?[]? RerankRank { get; init; }
    public double?[]? RerankScore { get; init; }

    /// <summary>Share of what the question's words tell that the passage has.</summary>
    public required double[] Coverage { get; init; }

    /// <summary>What became of it.</summary>
    public required string[] Fate { get; init; }

    /// <summary>The value that decided.</summary>
    public double?[]? FateValue { get; init; }

    /// <summary>Personal data masked in it.</summary>
    public int?[]? Masked { get; init; }

    /// <param name="candidates">Best first.</param>
    public static ConsideredPassages Of(IReadOnlyList<RetrievalCandidate> candidates)
    {
        var isFused = candidates.Any(candidate => candidate.VectorRank is not null);
        return new ConsideredPassages
        {
            PassageId = [.. candidates.Select(candidate => candidate.PassageId)],
            LexicalRank = Column(candidates, candidate => candidate.LexicalRank),
            LexicalScore = Column(candidates, candidate => candidate.LexicalScore),
            VectorRank = Column(candidates, candidate => candidate.VectorRank),
            VectorScore = Column(candidates, candidate => candidate.VectorScore),
            FusedRank = isFused ? Column(candidates, candidate => candidate.FusedRank) : null,
            FusedScore = isFused ? Column(candidates, candidate => candidate.FusedScore) : null,
            RerankRank = Column(candidates, candidate => candidate.RerankRank),
            RerankScore = Column(candidates, candidate => candidate.RerankScore),
            Coverage = [.. candidates.Select(candidate => candidate.Coverage)],
            Fate = [.. candidates.Select(candidate => candidate.Fate)],
            FateValue = Column(candidates, candidate => candidate.FateValue),
            Masked = Column(candidates, candidate => candidate.Masked == 0 ? null : (int?)candidate.Masked),
        };
    }

    private static T?[]? Column<T>(IReadOnlyList<RetrievalCandidate> candidates, Func<RetrievalCandidate, T?> value)
        where T : struct
    {
        T?[] column = [.. candidates.Select(value)];
        return Array.Exists(column, one => one is not null) ? column : null;
    }
}
