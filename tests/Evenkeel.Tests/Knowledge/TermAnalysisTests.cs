using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

public sealed class TermAnalysisTests : IAsyncLifetime
{
    private const string Code = "after_seq=4401 X-Correlation-ID";
    private TestDatabase _testDatabase = null!;
    private Database _database = null!;
    private PassageAnalyzer _analyzer = null!;
    private QuestionAnalyzer _questions = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _testDatabase = await TestDatabase.CreateDatabaseAsync();
        _database = new Database(new DatabaseConnection(_testDatabase.ApplicationConnectionString, null, PooledTransactions: false));
        var normalizer = new TermNormalizer(_database);
        (_analyzer, _questions) = (new PassageAnalyzer(normalizer), new QuestionAnalyzer(normalizer));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _testDatabase.DisposeAsync();
    }

    [Theory]
    [InlineData("The keel keeps the boat upright in the water.", "en")]
    [InlineData("Der Kiel hält das Boot aufrecht, auch wenn der Wind stark ist.", "de")]
    [InlineData("La quille maintient le bateau droit dans l'eau, même avec du vent.", "fr")]
    [InlineData("La quilla mantiene el barco derecho en el agua, aunque haya viento.", "es")]
    [InlineData("La chiglia tiene la barca dritta nell'acqua anche quando il vento è forte.", "it")]
    [InlineData("A quilha mantém o barco direito na água mesmo quando o vento é forte.", "pt")]
    [InlineData("De kiel houdt de boot recht in het water, ook als er veel wind is.", "nl")]
    [InlineData("Kölen håller båten upprätt i vattnet även när det är mycket vind.", "sv")]
    [InlineData("Köli pitää veneen pystyssä vedessä, vaikka tuuli olisi kova ja se on hyvä.", "fi")]
    [InlineData("Киль держит лодку прямо в воде.", "ru")]
    [InlineData("龙骨使船在水中保持直立。", "zh")]
    [InlineData("キールはボートを水の中でまっすぐに保ちます。", "ja")]
    [InlineData("용골은 배를 물속에서 똑바로 유지한다.", "ko")]
    [InlineData("怎么使用 OpenAI WebSocket API？", "zh")]
    [InlineData(Code, "en")]
    [InlineData("4401", "und")]
    [InlineData("Teams in Los Angeles include the Los Angeles Rams, Los Angeles Lakers, Los Angeles Clippers, and Los Angeles Kings.", "en")]
    public async Task The_language_of_a_passage_is_told_by_its_writing_and_its_stop_words(string text, string language)
    {
        (await AnalyzeAsync("", text)).ShouldHaveSingleItem().Language.ShouldBe(language);
    }

    [Fact]
    public async Task A_passage_that_tells_no_language_takes_that_of_its_document()
    {
        var analyzed = await AnalyzeAsync("Verbindungen", Code, "Die Verbindung wird nach dem Abbruch wieder aufgebaut.", Code);

        analyzed.Select(passage => passage.Language).ShouldBe(["de", "de", "de"]);
        PassageAnalyzer.DocumentLanguage(analyzed).ShouldBe("de");
    }

    [Theory]
    [InlineData("Wie werden Verbindungen aufgebaut?", "Die Verbindung wird nach dem Abbruch aufgebaut.", "verbindungen")]
    [InlineData("Comment les bateaux sont-ils tenus ?", "Le bateau est tenu droit dans le port.", "bateaux")]
    [InlineData("¿Cómo se restablecen las conexiones?", "La conexión que se perdió por los cortes será restablecida sin más.", "conexiones")]
    [InlineData("How are connections restored?", "The connection is restored after that.", "connections")]
    [InlineData("连接怎么恢复？", "断线后恢复连接。", "恢复")]
    public async Task A_question_and_a_passage_meet_in_other_forms_of_a_word(string question, string passage, string word)
    {
        var asked = await _questions.AnalyzeAsync(question, Cancelled);
        var analyzed = (await AnalyzeAsync("", passage)).ShouldHaveSingleItem();

        var stemmer = Languages.Stemmer(asked.Language.ShouldNotBeNull());
        Languages.Code(asked.Language.Value).ShouldBe(analyzed.Language);
        Unpack(analyzed.Analysis).Terms.ShouldContain(asked.Terms.First(term => term.Text == word).Under(stemmer));
    }

    [Fact]
    public async Task Words_are_packed_in_their_order_with_places_for_stop_words()
    {
        var analyzed = await _analyzer.AnalyzeAsync("Keel", [new PassageText(["The sail"], "The keel and the sail and the keel.")], Cancelled);

        var (terms, sequences) = Unpack(analyzed.ShouldHaveSingleItem().Analysis);

        terms.Length.ShouldBe(2);
        sequences.ShouldBe([[0, 1, 0, 0, 2, 0, 0, 1], [0, 2], [1]]);
    }

    [Fact]
    public async Task Analysing_again_packs_the_same_bytes_and_long_documents_are_done_in_pieces()
    {
        var texts = Enumerable.Range(0, 300).Select(number => $"The passage {number} of many words w{number % 200}.").ToArray();

        var first = await AnalyzeAsync("Many", texts);
        var second = await AnalyzeAsync("Many", texts);

        first.Select(passage => Convert.ToHexString(passage.Analysis)).ShouldBe(second.Select(passage => Convert.ToHexString(passage.Analysis)));
        first.Count.ShouldBe(300);
        Unpack(first[250].Analysis).Sequences[0].Count.ShouldBe(7);
    }

    private Task<IReadOnlyList<AnalyzedPassage>> AnalyzeAsync(string title, params string[] texts) =>
        _analyzer.AnalyzeAsync(title, [.. texts.Select(text => new PassageText([], text))], Cancelled);

    private static (ulong[] Terms, List<List<int>> Sequences) Unpack(ReadOnlySpan<byte> data)
    {
        data[0].ShouldBe(PassageAnalysis.Format);
        data = data[2..];
        var terms = new ulong[PassageAnalysis.ReadNumber(ref data)];
        for (var index = 0; index < terms.Length; index++)
        {
            terms[index] = BitConverter.ToUInt64(data);
            data = data[8..];
        }

        var sequences = new List<List<int>>();
        for (var part = 0; part < 3; part++)
        {
            var sequence = new List<int>();
            for (var left = PassageAnalysis.ReadNumber(ref data); left > 0; left--)
            {
                sequence.Add(PassageAnalysis.ReadNumber(ref data));
            }

            sequences.Add(sequence);
        }

        data.Length.ShouldBe(0);
        return (terms, sequences);
    }
}
