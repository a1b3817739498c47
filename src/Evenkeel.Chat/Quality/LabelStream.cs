using System.Text;

namespace Evenkeel.Chat.Quality;

/// <summary>
/// Normalises labels while an answer streams, so that what is shown is what is stored. Only an open bracket is held back, for as long as it may
/// still be a label.
/// </summary>
/// <param name="offered">Passages offered so far.</param>
internal sealed class LabelStream(Func<int> offered)
{
    private readonly StringBuilder _bracket = new();
    private bool _isInCode;

    /// <summary>Takes the next piece.</summary>
    /// <returns>What may go on now.</returns>
    public string Take(string text)
    {
        if (_bracket.Length == 0 && text.AsSpan().IndexOfAny("[【［`") < 0)
        {
            return text;
        }

        var taken = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            Take(character, taken);
        }

        return taken.ToString();
    }

    /// <summary>Nothing follows.</summary>
    /// <returns>What was held back.</returns>
    public string End()
    {
        var rest = _bracket.ToString();
        _bracket.Clear();
        return rest;
    }

    private void Take(char character, StringBuilder taken)
    {
        if (character is '[' or '【' or '［' && !_isInCode)
        {
            taken.Append(End());
            _bracket.Append(character);
            return;
        }

        if (character == '`')
        {
            _isInCode = !_isInCode;
        }

        if (_bracket.Length == 0)
        {
            taken.Append(character);
            return;
        }

        _bracket.Append(character);
        if (character is ']' or '】' or '］')
        {
            var bracket = End();
            taken.Append(CitationLabels.Normalize(bracket, offered()) ?? bracket);
        }
        else if (character is '\n' or '`' || _bracket.Length >= CitationLabels.LongestGroup)
        {
            taken.Append(End());
        }
    }
}
