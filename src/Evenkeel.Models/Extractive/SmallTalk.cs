using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>Fixed, friendly answers where there is nothing to look up. Of the persona only a plain name is ever shown.</summary>
internal static partial class SmallTalk
{
    public static string Reply(string question, string persona, bool isChinese)
    {
        var name = PersonaName.Find(persona);
        return isChinese ? ReplyInChinese(question, name) : ReplyInEnglish(question, name);
    }

    private static string ReplyInEnglish(string question, string? name)
    {
        var introduction = name is null ? "I am the assistant here" : $"I am {name}, the assistant here";
        if (EnglishThanks().IsMatch(question))
            return "You are welcome! Is there anything else you would like to know?";
        if (EnglishBye().IsMatch(question))
            return "Goodbye! Come back whenever you have a question.";
        if (EnglishWho().IsMatch(question))
            return $"{introduction}. Ask me a question, and I look for the answer in the documents I was given and show where it comes from.";
        return name is null ? "Hello! What would you like to know?" : $"Hello! I am {name}. What would you like to know?";
    }

    private static string ReplyInChinese(string question, string? name)
    {
        if (ChineseThanks().IsMatch(question))
            return "不客气！还有什么想了解的吗？";
        if (ChineseBye().IsMatch(question))
            return "再见！有问题随时再来。";
        if (ChineseWho().IsMatch(question))
            return $"{(name is null ? "我是这里的助手" : $"我是{name}，这里的助手")}。您可以向我提问，我会在已有的资料里查找答案，并标明出处。";
        return name is null ? "您好！您想了解什么？" : $"您好！我是{name}。您想了解什么？";
    }

    [GeneratedRegex(@"\b(thanks?|thank you|thx|cheers|appreciate)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishThanks();

    [GeneratedRegex(@"\b(bye|goodbye|see you|good night|farewell)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishBye();

    [GeneratedRegex(@"\b(who|what)('s| is| are|re)? (are )?(you|your name)\b|\byour name\b|\byou do\b|\byou help\b|\bwhat can (you|i)\b|\bhelp me\b|^\s*help\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishWho();

    [GeneratedRegex("谢|多谢|感谢|感激|辛苦了")]
    private static partial Regex ChineseThanks();

    [GeneratedRegex("再见|拜拜|回头见|晚安|下次见")]
    private static partial Regex ChineseBye();

    [GeneratedRegex("是谁|叫什么|什么名字|能做什么|会做什么|能干什么|可以做什么|能帮|会什么|怎么用你|介绍一下")]
    private static partial Regex ChineseWho();
}
