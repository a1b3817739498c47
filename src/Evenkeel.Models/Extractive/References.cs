using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>Sentences that cannot stand alone: they begin with a word that points back.</summary>
internal static partial class References
{
    public static bool PointBack(string sentence) => BackWord().IsMatch(sentence);

    [GeneratedRegex(
        @"^\W{0,3}((he|she|it|they|this|these|those|such|his|her|hers|its|their|theirs|both|the (latter|former|two)|however|but|nevertheless|instead|therefore|thus|similarly|likewise|in (contrast|addition)|as such|"
        + @"er|sie|diese[rsmn]?|dies|dort|dabei|dadurch|damit|deshalb|daher|ihre?|seine?|jedoch|il|elle|ils|elles|cela|ceci|celui-ci|celle-ci|cet|cette|ces|son|leurs?|él|ella|ellos|ellas|esto|éste?|ésta|su|sus)\b(?! is (important|possible|necessary|recommended))|"
        + @"他们?|她们?|它们?|这|此|该|其(?!他|它|中一)|后者|前者|两者|二者|那(?!么)|因此|所以|但|然而|不过|同时|此外|另外|而且|并且)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BackWord();
}
