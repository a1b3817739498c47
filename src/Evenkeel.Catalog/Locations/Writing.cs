namespace Evenkeel.Catalog.Locations;

/// <summary>What the writing of a name says.</summary>
internal static class Writing
{
    /// <summary>Chinese and Japanese: words are not set apart by blanks.</summary>
    public static bool IsWithoutSpaces(char character) => character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
