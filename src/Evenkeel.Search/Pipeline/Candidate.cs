using Evenkeel.Knowledge.Privacy;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Search.Pipeline;

/// <summary>What became of a candidate.</summary>
internal static class Fate
{
    public const string Used = "used";
    public const string Merged = "merged";
    public const string BeyondLimit = "beyond_limit";
    public const string BelowThreshold = "below_threshold";
    public const string Duplicate = "duplicate";
    public const string OtherLanguage = "other_language";
    public const string PrivateSource = "private_source";
    public const string Deleted = "deleted";
    public const string OverBudget = "over_budget";
}

/// <summary>A passage on its way through the steps; each notes what it found. Only the first fate counts.</summary>
internal sealed class Candidate(Guid passageId)
{
    private MaskedText? _masked;

    public Guid PassageId { get; } = passageId;

    /// <summary>Place in the index; null for one that only the vectors know.</summary>
    public IndexPlace? At { get; set; }

    /// <summary>Share of what the question's words tell that the passage has.</summary>
    public double Coverage { get; set; }

    /// <summary>Lost to passages in the question's language.</summary>
    public bool IsInOtherLanguage { get; set; }
    public (int Rank, double Score)? Lexical { get; set; }
    public (int Rank, double Score)? Vector { get; set; }
    public (int Rank, double Score)? Fused { get; set; }
    public (int Rank, double Score)? Reranked { get; set; }

    /// <summary>Its text and place as stored now; null until read, and for one that is gone.</summary>
    public StoredPassage? Stored { get; set; }
    public string? Fate { get; private set; }
    public double? FateValue { get; private set; }
    public int Masked => _masked?.Count ?? 0;

    /// <summary>How well it fits, 0 to 1: how much of the question it has, and how it stands to the best.</summary>
    public double Score => Math.Clamp(Math.Max(Coverage, Vector?.Score ?? 0), 0, 1) * (Reranked is { Rank: var rank } ? 1.0 / rank : Fused?.Score ?? 0);

    /// <summary>Its text with personal data masked.</summary>
    public string Text(IPersonalDataMasking masking, MaskingPolicy policy) => (_masked ??= masking.Mask(Stored!.Text, policy)).Text;

    public void End(string fate, double? value = null)
    {
        if (Fate is null)
        {
            (Fate, FateValue) = (fate, value);
        }
    }
}
