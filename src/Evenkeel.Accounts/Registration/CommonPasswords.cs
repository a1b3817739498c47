using System.Collections.Frozen;

namespace Evenkeel.Accounts.Registration;

/// <summary>Passwords of at least ten characters that everybody tries first: a short list, runs along the keyboard, and repetitions.</summary>
internal static class CommonPasswords
{
    private const int FewestDifferentCharacters = 4;
    private const int MostDecoration = 6;

    // Along which people slide their fingers, and the orders everybody knows.
    private static readonly string[] Runs = [.. Both("1234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0")];

    private static readonly FrozenSet<string> Listed = Read().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is one, in any mix of upper and lower case.</summary>
    public static bool Contains(string password)
    {
        var text = password.ToLowerInvariant();
        return Listed.Contains(text)
            || text.Distinct().Count() < FewestDifferentCharacters
            || Runs.Any(run => run.Contains(text, StringComparison.Ordinal))
            || IsDecoratedWord(text);
    }

    /// <summary>password123!, 2024welcome: a listed word with a few digits or signs around it.</summary>
    private static bool IsDecoratedWord(string text)
    {
        var word = text.AsSpan();
        while (word.Length > 0 && !char.IsLetter(word[^1]))
        {
            word = word[..^1];
        }

        while (word.Length > 0 && !char.IsLetter(word[0]))
        {
            word = word[1..];
        }

        return text.Length - word.Length <= MostDecoration && Listed.Contains(word.ToString());
    }

    // Each run twice in a row, so that one that wraps around is found too, in both directions.
    private static IEnumerable<string> Both(params string[] runs) =>
        runs.SelectMany(run => new[] { run + run, string.Concat((run + run).Reverse()) });

    private static IEnumerable<string> Read()
    {
        var assembly = typeof(CommonPasswords).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream("Evenkeel.Accounts.common-passwords.txt")!);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
