using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>What a question wants to hear.</summary>
internal enum AnswerKind
{
    /// <summary>Nothing that could be told by its form.</summary>
    Any,

    /// <summary>Who: a name.</summary>
    Name,

    /// <summary>When: a date, a year, a time.</summary>
    Time,

    /// <summary>Where: a name after a word of place.</summary>
    Place,

    /// <summary>How many, how long, what percentage: a number.</summary>
    Number,

    /// <summary>Why: a reason.</summary>
    Reason,

    /// <summary>What is X: a definition.</summary>
    Definition,

    /// <summary>How to: steps.</summary>
    Steps,
}

/// <summary>Tells from the words of a question what it wants to hear, in English, Chinese, German, French and Spanish.</summary>
internal static partial class ExpectedAnswer
{
    // In this order: "how long" before "how", "since when" before "when"; what a question asks for mostly stands at its beginning in Latin scripts,
    // but English also asks "In what year …?" and puts the question last: "… was founded in what year?"
    public static AnswerKind Of(string question) =>
        Number().IsMatch(question) ? AnswerKind.Number
        : Time().IsMatch(question) ? AnswerKind.Time
        : Reason().IsMatch(question) ? AnswerKind.Reason
        : Steps().IsMatch(question) ? AnswerKind.Steps
        : Place().IsMatch(question) ? AnswerKind.Place
        : Name().IsMatch(question) ? AnswerKind.Name
        : Definition().IsMatch(question) ? AnswerKind.Definition
        : AnswerKind.Any;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\bhow (many|much|long|old|often|far|large|big|high|tall|deep|wide|fast|heavy|hot|cold|soon|late|large)\b|\b(what|which)( \w+)? (number|percent(age)?|proportion|fraction|amount|rate|ratio|score|"
        + @"price|cost|size|length|height|width|weight|age|population|temperature|speed|distance|limit|total|average|share)s?\b|\bwie ?(viele?n?|lange?|oft|alt|hoch|groß|weit|teuer|schnell|schwer)\b"
        + @"|\bcombien\b|\bquel(le)? (âge|taille|prix|nombre|pourcentage|durée)\b|\bcuánt[oa]s?\b|\bqué (edad|porcentaje|número|precio)\b"
        + "|多少|几(个|次|种|位|名|年|天|人|条|家|场|分|岁|支|座|月|小时)|多(久|长|大|高|远|重|快|深|宽|厚)|比例|百分比|百分之几|比分",
        Options)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\bwhen\b(?! (I|you|we|using|it|the)\b)|^\W*when\b|\b(what|which) (year|date|day|month|century|decade|time|era|period|season)s?\b|\bsince when\b|^\W*(seit |ab |bis )?wann\b|\b(in )?welche[mnrs]? (jahr|datum|tag|monat|jahrhundert)"
        + @"|\bquand\b|\bquelle (année|date|heure)\b|\bcuándo\b|\bqué (año|fecha|día|mes|siglo)\b"
        + "|什么时候|什么时间|何时|哪(一)?(年|天|月|日)|哪个(年|月|世纪|年代|时期)|几(月|号|点)|什么(日期|年代|年份|时期)|哪(一)?世纪",
        Options)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"\bwhy\b|\b(what|which) (\w+ )?(reason|cause|caused|causes|led|leads|motivat\w+|purpose)\b|\bhow come\b|\bwarum\b|\bwieso\b|\bweshalb\b|\bpourquoi\b|\bpor qué\b|为什么|为何|什么原因|原因是|为啥|何以|什么导致|由于什么",
        Options)]
    private static partial Regex Reason();

    [GeneratedRegex(
        @"^\W*how (do|can|should|could|would|to|does one|must)\b( (i|you|we|one))?|^\W*wie (kann|muss|soll|mache|stelle|richte)\b|^\W*comment (puis|faire|dois|peut)|^\W*cómo (puedo|se|debo|hacer)|怎么(?!样的)|怎样|如何|怎么办",
        Options)]
    private static partial Regex Steps();

    [GeneratedRegex(
        @"\bwhere\b|\b(what|which) (\w+ )?(city|country|state|place|location|region|town|street|continent|area|county|province|village|river|island|venue|stadium)\b|^\W*(wo|woher|wohin)\b|\boù\b|\bdónde\b|\bqué (ciudad|país|lugar)\b"
        + "|哪里|哪儿|在哪|何处|什么地方|哪个(国家|城市|地方|地区|州|省|洲|国|地点)|哪(座|个)?(城市|国)",
        Options)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"\bwho(m|se)?\b|\b(what|which) (\w+ )?(person|people|man|woman|player|team|company|companies|actor|artist|singer|author|scientist|president|king|queen|leader|name|organization|group|band|university|party|nasa|entity|entities)\b|\bname (of|the|a|an|one)\b"
        + @"|\bwer\b|\bwen\b|\bwem\b|^\W*qui\b|\bquién(es)?\b|谁|什么人|哪(位|些人|个人|名)|哪(个|家|支|一家|些)(公司|球队|球员|组织|大学|政党|人物|机构|作家|科学家|乐队)|叫什么|名字|名称",
        Options)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^\W*what('s| is| are| was| were| does)\b|\bdefin(e|ition)\b|\bmean(s|ing)?\b|^\W*was (ist|sind|bedeutet)\b|qu'est-ce|^\W*qué (es|son|significa)\b|是什么|什么是|指的?是?什么|是指|什么意思|定义|何谓",
        Options)]
    private static partial Regex Definition();
}
