using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Evenkeel.Knowledge.Reading.Office.Sheets;

/// <summary>The format codes of cells, such as <c>#,##0.00 "€"</c> or <c>dd.mm.yyyy</c>, applied to a number.</summary>
internal static partial class NumberCode
{
    private const double LastDate = 2_958_466;
    private const int DaysBetweenEpochs = 1462;

    public static string Show(double number, string code, bool since1904)
    {
        var section = Section(number, code);
        if (section.Trim().Equals("General", StringComparison.OrdinalIgnoreCase) || section.Length == 0 || section.Contains('?', StringComparison.Ordinal))
        {
            return General(number);
        }

        var bare = Brackets().Replace(section, match => match.Groups["sign"].Value);
        var days = number + (since1904 ? DaysBetweenEpochs : 0);
        if (IsDate(bare))
        {
            return days is >= 0 and < LastDate ? Date(days, bare) : General(number);
        }

        try
        {
            return number.ToString(Fill().Replace(bare, " "), CultureInfo.InvariantCulture).Trim();
        }
        catch (FormatException)
        {
            return General(number);
        }
    }

    private static string General(double number) => Math.Abs(number) is >= 1e15 or (< 1e-9 and > 0)
        ? number.ToString("G15", CultureInfo.InvariantCulture)
        : Math.Round(number, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Positive; negative; zero. A negative number under a code of one section keeps its sign by itself.</summary>
    private static string Section(double number, string code)
    {
        var sections = Sections(code);
        return sections.Count switch
        {
            1 => sections[0],
            2 => number < 0 ? Negative(sections[1]) : sections[0],
            _ => number < 0 ? Negative(sections[1]) : number > 0 ? sections[0] : sections[2],
        };
    }

    private static List<string> Sections(string code)
    {
        var sections = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var index = 0; index < code.Length; index++)
        {
            isQuoted ^= code[index] == '"';
            if (code[index] == ';' && !isQuoted)
            {
                sections.Add(code[start..index]);
                start = index + 1;
            }
        }

        return [.. sections, code[start..]];
    }

    /// <summary>.NET shows the sign of a number under a code of one section; this section draws its own.</summary>
    private static string Negative(string section) => $"{section};{section}";

    private static bool IsDate(string code) => DateSigns().IsMatch(Quoted().Replace(code, ""));

    private static string Date(double days, string code)
    {
        // Days are counted from the last of 1899; before March 1900 Excel's count is one short, because it believes in a 29 February 1900.
        var moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddDays(days < 60 ? days + 1 : days);
        moment = new DateTime((moment.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
        var format = DateFormat(code.Split(';')[0]);
        return moment.ToString(format.Length == 1 ? $"%{format}" : format, CultureInfo.InvariantCulture).Trim();
    }

    /// <summary>The code in .NET's letters: months are M, minutes m, hours by the presence of AM/PM.</summary>
    private static string DateFormat(string code)
    {
        var hasHalves = code.Contains("AM/PM", StringComparison.OrdinalIgnoreCase) || code.Contains("A/P", StringComparison.OrdinalIgnoreCase);
        var result = new StringBuilder();
        var isTime = false;
        foreach (Match token in Tokens().Matches(code))
        {
            var text = token.Value;
            var isMinutes = isTime || SecondsFollow().IsMatch(code[(token.Index + token.Length)..]);
            isTime = char.ToUpperInvariant(text[0]) == 'H' || (isTime && !char.IsAsciiLetter(text[0]));
            result.Append(char.ToUpperInvariant(text[0]) switch
            {
                'Y' => text.Length > 2 ? "yyyy" : "yy",
                'M' => isMinutes && text.Length <= 2 ? text.ToLowerInvariant() : new string('M', Math.Min(text.Length, 4)),
                'D' => new string('d', Math.Min(text.Length, 4)),
                'H' => new string(hasHalves ? 'h' : 'H', Math.Min(text.Length, 2)),
                'S' => new string('s', Math.Min(text.Length, 2)),
                'A' => "tt",
                '"' => $"'{text.Trim('"').Replace("'", "\\'", StringComparison.Ordinal)}'",
                '\\' => $"'{text[1..]}'",
                '_' or '*' or '@' => "",
                '\'' => "\\'",
                _ => $"'{text}'",
            });
        }

        return result.Length == 0 ? "yyyy-MM-dd" : result.ToString();
    }

    /// <summary>[Red], [&gt;100], [$-407], [$€-407], [h]: of these only the sign of a currency, and hours, are printed.</summary>
    [GeneratedRegex(@"\[\$(?<sign>[^\]-]*)(-[^\]]*)?\]|\[(?<sign>[hms]+)\]|\[[^\]]*\]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Brackets();

    /// <summary>_x leaves room for x, *x fills with it.</summary>
    [GeneratedRegex(@"[_*].", RegexOptions.ExplicitCapture)]
    private static partial Regex Fill();

    [GeneratedRegex(@"""[^""]*""|\\.|[_*].", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[ymdhs]|AM/PM", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex DateSigns();

    [GeneratedRegex(@"y+|m+|d+|h+|s+|AM/PM|A/P|""[^""]*""|\\.|[_*].|.", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"^[^a-z]*s", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex SecondsFollow();
}
