namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// The languages that texts are told apart by, each with a small number for compact storage. Those with a stemmer are the ones for which
/// PostgreSQL brings both word forms and stop words; the stop words tell the language. Numbers are stored: they never change.
/// </summary>
public static class Languages
{
    public const byte Undetermined = 0;
    public const byte English = 1;
    public const byte Russian = 14;
    public const byte Chinese = 15;
    public const byte Japanese = 16;
    public const byte Korean = 17;

    /// <summary>Languages 1 to this have a stemmer of the same number.</summary>
    public const int Stemmers = 14;

    private static readonly string[] Codes =
        ["und", "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "hu", "tr", "ru", "zh", "ja", "ko"];

    /// <summary>PostgreSQL's dictionaries, in the order of the stemmers.</summary>
    internal static readonly string[] Dictionaries =
    [
        "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "swedish", "danish", "norwegian", "finnish", "hungarian",
        "turkish", "russian",
    ];

    /// <summary>The two-letter code, or <c>und</c>.</summary>
    public static string Code(byte language) => Codes[language];

    /// <summary>The number of a code; <see cref="Undetermined"/> for one that is not known.</summary>
    public static byte Of(string code) => (byte)Math.Max(0, Array.IndexOf(Codes, code));

    /// <summary>
    /// The stemmer for words in a text of a language. Latin words inside Chinese, Japanese or Korean are mostly English, and so are the
    /// names and identifiers of a text whose language cannot be told.
    /// </summary>
    public static byte Stemmer(byte language) => language is >= 1 and <= Stemmers ? language : English;
}
