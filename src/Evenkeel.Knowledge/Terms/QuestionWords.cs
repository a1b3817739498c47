using System.Text.RegularExpressions;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// What makes a Chinese, Japanese or Korean sentence a question. PostgreSQL has no stop words for these, and here they would do harm: rare in
/// passages, which are statements, they would count as the words that tell most. In other languages they are stop words.
/// </summary>
internal static partial class QuestionWords
{
    /// <summary>The question with a space in the place of each.</summary>
    public static string Without(string question) => Words().Replace(question, " ");

    [GeneratedRegex(
        "什么时候|什麼時候|为什么|為什麼|什么|什麼|怎么样|怎麼樣|怎么|怎麼|怎样|怎樣|如何|哪一[个個]|哪[些个個里裡儿年位]|哪|谁|誰|多少|多久|[几幾][个個年次岁天]|是否|请问|請問|吗|嗎|呢"
        + "|何ですか|ですか|ますか|ましたか|でしょうか|どこ|だれ|いつ|なぜ|どうして|どのように|どの|どれ|どう|いくつ|いくら"
        + "|무엇을|무엇|어디에서|어디|누구|언제|어떻게|어떤|얼마나|얼마",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
