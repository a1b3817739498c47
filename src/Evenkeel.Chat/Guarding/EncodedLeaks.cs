using System.Text;

namespace Evenkeel.Chat.Guarding;

/// <summary>Sees a confidential text in Base64 or hexadecimal, in one piece or in groups.</summary>
internal sealed class EncodedLeaks(ConfidentialText confidential)
{
    private const int SuspiciousLength = 16;

    // Decoding the whole of a blob again for every piece would be quadratic in earnest.
    private const int LengthBetweenLooks = 24;
    private const int LongestBlob = 32_000;

    private readonly StringBuilder _blob = new();
    private readonly StringBuilder _group = new();
    private int _position;
    private int _blobStart;
    private int _groupStart;
    private int _lookedAt;
    private bool _isNoText;

    public bool IsLeak { get; private set; }

    /// <summary>Where the encoded stretch begins that may turn out to be text; null when there is none.</summary>
    public int? SuspectFrom =>
        _isNoText ? null
        : _blob.Length > 0 && _blob.Length + _group.Length >= SuspiciousLength ? _blobStart
        : _group.Length >= SuspiciousLength ? _groupStart
        : null;

    public void Take(string text)
    {
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=' or '_' or '-')
            {
                _groupStart = _group.Length == 0 ? _position : _groupStart;
                _group.Append(character);
                if (_blob.Length + _group.Length - _lookedAt >= LengthBetweenLooks)
                {
                    Look();
                }
            }
            else
            {
                EndGroup(staysOpen: char.IsWhiteSpace(character) || character is ',' or ':' or '\\' or '`');
            }

            _position++;
        }
    }

    /// <summary>The answer is over.</summary>
    public void End() => EndGroup(staysOpen: false);

    private void EndGroup(bool staysOpen)
    {
        if (_group.Length > 0)
        {
            if (!LooksEncoded())
            {
                EndBlob();
            }
            else
            {
                _blobStart = _blob.Length == 0 ? _groupStart : _blobStart;
                _blob.Append(_group);
            }

            _group.Clear();
        }

        if (!staysOpen)
        {
            EndBlob();
        }
    }

    private void EndBlob()
    {
        Look();
        _blob.Clear();
        (_lookedAt, _isNoText) = (0, false);
    }

    /// <summary>Capitals or digits inside a word, whole groups of four, or pairs of hexadecimal digits: words of a language are none of these.</summary>
    private bool LooksEncoded()
    {
        var (isHexadecimal, hasDigit, hasSign) = (true, false, _blob.Length > 0);
        for (var index = 0; index < _group.Length; index++)
        {
            var character = _group[index];
            isHexadecimal &= char.IsAsciiHexDigit(character);
            hasDigit |= char.IsAsciiDigit(character);
            hasSign |= index > 0 && (char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character is '+' or '/' or '=');
        }

        return (isHexadecimal && _group.Length % 2 == 0 && (hasDigit || _blob.Length > 0))
            || ((_group.Length % 4 == 0 || _group.Length >= SuspiciousLength) && hasSign);
    }

    private void Look()
    {
        var length = _blob.Length + _group.Length;
        if (IsLeak || _isNoText || length < SuspiciousLength)
        {
            return;
        }

        _lookedAt = length;
        var encoded = new StringBuilder(length).Append(_blob).Append(_group).ToString();
        var texts = Decode(encoded).Where(IsText).ToArray();
        IsLeak = texts.Any(confidential.IsRepeatedBy);
        _isNoText = texts.Length == 0 || length > LongestBlob;
    }

    private static IEnumerable<string> Decode(string encoded)
    {
        if (encoded.All(char.IsAsciiHexDigit))
        {
            yield return Encoding.UTF8.GetString(Convert.FromHexString(encoded.AsSpan(0, encoded.Length / 2 * 2)));
        }

        var plain = encoded.Replace('-', '+').Replace('_', '/').Replace("=", "", StringComparison.Ordinal);
        // A word before it may have grown onto it: every alignment of the groups of four is tried.
        for (var skip = 0; skip < 4; skip++)
        {
            var bytes = new byte[plain.Length];
            if (plain.Length - skip >= 4 && Convert.TryFromBase64Chars(plain.AsSpan(skip, (plain.Length - skip) / 4 * 4), bytes, out var count))
            {
                yield return Encoding.UTF8.GetString(bytes, 0, count);
            }
        }
    }

    /// <summary>Bytes that mean nothing as text come out as replacement and control characters.</summary>
    private static bool IsText(string decoded) =>
        decoded.Count(character => character is '\uFFFD' || char.IsControl(character) && character is not ('\n' or '\r' or '\t')) * 8 <= decoded.Length;
}
