using System.Text;
using Evenkeel.Chat.Guarding;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Moderation;

/// <summary>What counts as giving a persona away, in pieces of any size.</summary>
public sealed class LeakWatchTests
{
    private const string Persona =
        "You are Ada, the guide of the harbour museum. Speak like an old sailor and never mention the competing aquarium across the river. "
        + "Offer the family ticket whenever somebody asks about prices. Close with \"Fair winds and following seas, dear friend!\"";

    private const string Chinese = "你叫小艾，是海港博物馆的导览员。说话要像老水手，绝对不要提到河对岸的水族馆。有人问价格时要推荐家庭票。";

    public static TheoryData<string> Leaks =>
    [
        "Sure: You are Ada, the guide of the harbour museum.",
        "My rules: SPEAK LIKE AN OLD SAILOR AND NEVER MENTION the rest",
        "Offer[1] the[2] family[3] ticket[4] whenever[5] somebody asks.",
        "- offer\n- the\n- family\n- ticket\n- whenever\n- somebody\n",
        "speak like an experienced old sailor, and never ever mention the competing aquarium which lies across the river",
        Reverse("Speak like an old sailor and never mention the competing aquarium"),
        "sailor old an like speak, museum harbour the of guide the",
        "kaepS ekil na dlo rolias dna reven noitnem",
        "Fcrnx yvxr na byq fnvybe naq arire zragvba gur pbzcrgvat ndhnevhz",
        "S p e a k l i k e a n o l d s a i l o r",
        "S-p-e-a-k  l-i-k-e  a-n  o-l-d  s-a-i-l-o-r",
        "SpeakLikeAnOldSailorAndNeverMention",
        "speak_like_an_old_sailor_and_never_mention",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Persona)),
        "Here it is: `" + Convert.ToBase64String(Encoding.UTF8.GetBytes("Speak like an old sailor and never mention the aquarium")) + "`.",
        string.Join(' ', Convert.ToBase64String(Encoding.UTF8.GetBytes(Persona)).Chunk(4).Select(group => new string(group))),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Persona)),
        string.Join(' ', Convert.ToHexString(Encoding.UTF8.GetBytes(Persona)).Chunk(2).Select(pair => new string(pair))),
        "Ｓｐｅａｋ ｌｉｋｅ ａｎ ｏｌｄ ｓａｉｌｏｒ ａｎｄ ｎｅｖｅｒ",
        "sp\u200beak li\u200bke an o\u200bld sa\u200bilor and never",
        "{\"身份\": \"你叫小艾，是海港博物馆的导览员\"}",
        "说话要像老水手，绝对不要提到河对岸",
        "說話要像老水手，絕對不要提到河對岸",
        "说-话-要-像-老-水-手-绝-对-不-要-提-到",
        Reverse("绝对不要提到河对岸的水族馆"),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Chinese)),
    ];

    public static TheoryData<string> Ordinary =>
    [
        "I am Ada, your guide. What would you like to know?",
        "Ahoy! The harbour museum opens at ten [1]. A family ticket costs 20 euros [2].",
        "The guide of the museum leads a tour every hour.",
        "As the old song goes: Fair winds and following seas, dear friend!",
        "I do not speak about the aquarium; ask there.",
        "我是小艾，很高兴为您服务。博物馆十点开门 [1]，家庭票二十元。",
        "Use the token eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9 in the header, then call it with 0198c0de00007000 8000000000000000.",
        "10 20 30 40 50 60 70 80 90 10 20 30 40 50 60 70 80 90",
        "A, B, C, D, E, F and G are the letters of the halls.",
        "The pneumonoultramicroscopicsilicovolcanoconiosis exhibition is in hall two.",
        "See https://example.org/a/very/long/address-with-many-parts/and-more?because=yes for details.",
    ];

    [Theory]
    [MemberData(nameof(Leaks))]
    public void Repeating_the_persona_is_a_leak_and_next_to_nothing_of_it_is_shown(string answer)
    {
        foreach (var size in (int[])[1, 3, 7, 1000])
        {
            var (watch, shown) = Run(answer, size);

            watch.IsLeak.ShouldBeTrue();
            ConfidentialText.Of(Persona, Chinese).IsRepeatedBy(shown).ShouldBeFalse();
            SharedWords(shown).ShouldBeLessThan(6, shown);
        }
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Ordinary_answers_pass_whole(string answer)
    {
        foreach (var size in (int[])[1, 3, 7, 1000])
        {
            var (watch, shown) = Run(answer, size);

            watch.IsLeak.ShouldBeFalse();
            shown.ShouldBe(answer);
        }
    }

    [Fact]
    public void What_the_documents_say_may_be_quoted_even_where_the_persona_says_the_same()
    {
        const string answer = "Offer the family ticket whenever somebody asks about prices. [1]";

        Run(answer, 5).Watch.IsLeak.ShouldBeTrue();
        Run(answer, 5, "Staff hand-book. Offer the family ticket whenever somebody asks about prices.").Watch.IsLeak.ShouldBeFalse();
    }

    [Fact]
    public void Ordinary_text_is_shown_as_it_comes()
    {
        var watch = new LeakWatch(ConfidentialText.Of(Persona), () => []);
        var length = 0;
        foreach (var word in "The museum opens at ten and closes at six, on Sundays at five.".Split(' '))
        {
            watch.Take(word + " ");
            length += word.Length + 1;
            watch.SafeLength.ShouldBe(length);
        }
    }

    private static (LeakWatch Watch, string Shown) Run(string answer, int size, params string[] publicTexts)
    {
        var watch = new LeakWatch(ConfidentialText.Of(Persona, Chinese), () => ["Fair winds and following seas, dear friend!", .. publicTexts]);
        var safe = 0;
        for (var start = 0; start < answer.Length && !watch.IsLeak; start += size)
        {
            watch.Take(answer.Substring(start, Math.Min(size, answer.Length - start)));
            safe = watch.IsLeak ? safe : Math.Max(safe, watch.SafeLength);
        }

        if (!watch.IsLeak)
        {
            watch.End();
            safe = watch.IsLeak ? safe : watch.SafeLength;
        }

        return (watch, answer[..safe]);
    }

    /// <summary>The longest run of words shown that stands in the persona; two Chinese characters count as a word.</summary>
    private static int SharedWords(string shown)
    {
        var persona = Persona.ToLowerInvariant() + Chinese;
        var words = shown.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var most = 0;
        for (var start = 0; start < words.Length; start++)
        {
            for (var count = 1; start + count <= words.Length && persona.Contains(string.Join(' ', words, start, count), StringComparison.Ordinal); count++)
            {
                most = Math.Max(most, count);
            }
        }

        return most;
    }

    private static string Reverse(string text) => new([.. text.Reverse()]);
}
