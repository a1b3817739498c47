namespace Evenkeel.Models;

/// <summary>A term found in a folded text.</summary>
/// <param name="Kinds">What it counts as.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last.</param>
internal readonly record struct FoundTerm(Terms Kinds, int Start, int End);

/// <summary>Finds all terms of the vocabulary in one pass over the text, however many rules there are.</summary>
internal sealed class TermScanner
{
    private readonly Node _root = new();

    public TermScanner(IEnumerable<(Terms Kind, string Terms)> vocabulary)
    {
        foreach (var (kind, terms) in vocabulary)
        {
            foreach (var term in terms.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Add(term, kind);
            }
        }
    }

    /// <summary>Terms in the order of their starts, without those that a harmless phrase covers.</summary>
    /// <param name="text">Folded text.</param>
    /// <param name="isJoined">The text has no gaps between words: a term begins and ends anywhere, and its spaces are optional.</param>
    public List<FoundTerm> Scan(string text, bool isJoined = false)
    {
        var found = new List<FoundTerm>();
        for (var start = 0; start < text.Length; start++)
        {
            if (isJoined || start == 0 || !AreOneWord(text[start - 1], text[start]))
            {
                Walk(new Place(text, start, isJoined), _root, start, found);
            }
        }

        return found.Exists(term => term.Kinds == Terms.Harmless) ? WithoutCovered(found, text.Length) : found;
    }

    private static List<FoundTerm> WithoutCovered(List<FoundTerm> found, int length)
    {
        var isCovered = new bool[length];
        foreach (var phrase in found.Where(term => term.Kinds == Terms.Harmless))
        {
            isCovered.AsSpan(phrase.Start, phrase.End - phrase.Start).Fill(true);
        }

        return found.FindAll(term => !isCovered.AsSpan(term.Start, term.End - term.Start).Contains(true));
    }

    private static void Walk(in Place place, Node node, int position, List<FoundTerm> found)
    {
        var text = place.Text;
        if (node.Kinds != Terms.None && (place.IsJoined || node.IsPrefix || position == text.Length || !AreOneWord(text[position - 1], text[position])))
        {
            found.Add(new FoundTerm(node.Kinds, place.Start, position));
        }

        if (place.IsJoined && node.Next.TryGetValue(' ', out var afterSpace))
        {
            Walk(place, afterSpace, position, found);
        }

        if (position < text.Length && node.Next.TryGetValue(text[position], out var next))
        {
            Walk(place, next, position + 1, found);
        }
    }

    private static bool AreOneWord(char left, char right) => char.IsAsciiLetterOrDigit(left) && char.IsAsciiLetterOrDigit(right);

    private void Add(string term, Terms kind)
    {
        var node = _root;
        foreach (var character in term.TrimEnd('*'))
        {
            if (!node.Next.TryGetValue(character, out var next))
            {
                node.Next[character] = next = new Node();
            }

            node = next;
        }

        node.Kinds |= kind;
        node.IsPrefix |= term.EndsWith('*');
    }

    private readonly record struct Place(string Text, int Start, bool IsJoined);

    private sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];

        public Terms Kinds { get; set; }

        /// <summary>Letters may follow: the term was given with <c>*</c>.</summary>
        public bool IsPrefix { get; set; }
    }
}
