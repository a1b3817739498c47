using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>Tells whether a piece of text holds what a question of some kind wants to hear, and the question itself does not.</summary>
internal sealed partial class AnswerEvidence(string question)
{
    private readonly AnswerKind _kind = ExpectedAnswer.Of(question);
    private readonly string _question = question;

    public AnswerKind Kind => _kind;

    /// <summary>1 = holds it, 0 = does not; 0.5 = cannot be told.</summary>
    public double In(Segment segment) => _kind switch
    {
        AnswerKind.Number => HasNew(Numbers(), segment.Text) ? 1 : 0,
        AnswerKind.Time => HasNew(Times(), segment.Text) ? 1 : 0,
        AnswerKind.Place or AnswerKind.Name => HasName(segment.Text) ? 1 : Terms.HasWide(segment.Text) ? 0.5 : 0.2,
        AnswerKind.Reason => Reasons().IsMatch(segment.Text) ? 1 : 0.3,
        AnswerKind.Definition => Definitions().IsMatch(segment.Text) ? 1 : 0.4,
        AnswerKind.Steps => segment.Kind is SegmentKind.Step or SegmentKind.Code || segment.Introduces ? 1 : 0.5,
        _ => 0.5,
    };

    private bool HasNew(Regex form, string text)
    {
        foreach (Match match in form.Matches(text))
        {
            if (!_question.Contains(match.Value.Trim(), StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>A capital letter that does not begin the sentence; in Chinese what quotation marks, middle dots and titles give away.</summary>
    private bool HasName(string text) => HasNew(Names(), text) || (Terms.HasWide(text) && HasNew(WideNames(), text));

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"(?<![A-Za-z])\d+([.,:–\-/]\d+)*( ?%| ?percent)?|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|"
        + @"eighty|ninety|hundreds?|thousands?|millions?|billions?|half|third|quarter|dozens?|twice|once|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|"
        + @"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil)\b|[一二三四五六七八九十百千万亿两半数几][个次种位名年天人条家场分岁支座成倍万亿千百十月周小多项组部届大]|百分之",
        Options | RegexOptions.IgnoreCase)]
    private static partial Regex Numbers();

    [GeneratedRegex(
        @"\b[12]\d{3}s?\b|\b(January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|"
        + @"novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b|\b\d{1,2}(st|nd|rd|th)? (century|Jahrhundert|siècle)|\bsiglo [IVX]+|\b(century|centuries|decades?|BC|BCE|AD)\b|\b\d{1,2}:\d{2}\b|\b(days?|weeks?|months?|hours?|minutes?|seconds?|spring|summer|autumn|winter|Monday|Tuesday|Wednesday|"
        + @"Thursday|Friday|Saturday|Sunday)\b|\d+ ?(年|月|日|世纪|点|时)|[一二三四五六七八九十]+(月|世纪|年|日)|公元|年代|时期|期间|今天|昨天|春|夏|秋|冬",
        Options)]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=[\w,;:)(""“”'‘’] ?[""“‘(]?)(?<!^)\b\p{Lu}[\p{L}’'\-]+( (of |de |von |van |the )?\p{Lu}[\p{L}’'\-]+)*|\b\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+", Options)]
    private static partial Regex Names();

    [GeneratedRegex(@"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff·]{1,12}|《[^》]+》|“[^”]{1,12}”|[\u4e00-\u9fff]{2,6}(公司|大学|球队|队|党|组织|委员会|学院|集团|市|省|州|县|国|岛|河|镇|区|城)|[A-Z][A-Za-z]+", Options)]
    private static partial Regex WideNames();

    [GeneratedRegex(
        @"\b(because|due to|since|so that|in order to|therefore|thus|hence|as a result|result(s|ed|ing)? (in|from)|caus(e|es|ed|ing)|reason|led to|leads to|owing to|thanks to|to avoid|to prevent|to ensure|to allow|so as|allow(s|ing|ed)?|"
        + @"weil|denn|wegen|damit|deshalb|daher|aufgrund|parce que|car|afin|grâce à|en raison|puisque|porque|debido|para que|ya que|por eso|a causa)\b|因为|由于|所以|因此|因而|导致|为了|从而|以便|以免|使得|原因|造成|引起|以致|旨在|为的是",
        Options | RegexOptions.IgnoreCase)]
    private static partial Regex Reasons();

    [GeneratedRegex(
        @"\b(is|are|was|were) (a|an|the|one of|any|when|called|known|defined|considered)\b|\b(means?|refers? to|known as|called|defined as|consists? of|stands for|describes?)\b|\b(ist|sind|war) (ein|eine|der|die|das)\b|\b(bedeutet|bezeichnet|nennt)\b|\best (un|une|le|la)\b|\bes (un|una|el|la)\b"
        + "|是(一|指|由|最|为|用|对|在|以|从)|指的|是指|称为|称作|叫做|意思是|定义为|即|属于|包括|表示",
        Options | RegexOptions.IgnoreCase)]
    private static partial Regex Definitions();
}
