using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

public sealed class TermNormalizerTests : IAsyncLifetime
{
    private TestDatabase _testDatabase = null!;
    private Database _database = null!;
    private TermNormalizer _normalizer = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _testDatabase = await TestDatabase.CreateDatabaseAsync();
        _database = new Database(new DatabaseConnection(_testDatabase.ApplicationConnectionString, null, PooledTransactions: false));
        _normalizer = new TermNormalizer(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _testDatabase.DisposeAsync();
    }

    [Theory]
    [InlineData("How do streams resume the Streaming?", "stream resum stream")]
    [InlineData("the and of", "")]
    [InlineData("after_seq", "seq afterseq")]
    [InlineData("X-Correlation-ID", "x correl id xcorrelationid")]
    [InlineData("close code 4401", "close code 4401")]
    [InlineData("time-out timeout", "time timeout timeout")]
    [InlineData("retryAfter HTTPServer", "retri retryaft http server httpserver")]
    [InlineData("Models__Chat__Provider", "model chat provid modelschatprovid")]
    [InlineData("127.0.0.1 v4.2", "127 0 0 1 127.0.0.1 v4 2 v4.2")]
    [InlineData("10,000 turns, 3,5", "10000 turn 3 5")]
    [InlineData("the server's don't", "server")]
    [InlineData("断线后怎么恢复？", "断线 线后 后怎 怎么 么恢 恢复")]
    [InlineData("使用Ollama吗", "使用 ollama 吗")]
    [InlineData("ＡＰＩ　密钥（Ｋｅｙ）", "api 密钥 key")]
    [InlineData("ﬁle ① caf\u0065\u0301 ｶﾅ", "file 1 café カナ")]
    [InlineData("a\0b 😀 \ud800 c", "b c")]
    public async Task Words_become_terms(string text, string terms)
    {
        (await _normalizer.NormalizeAsync(text, Cancelled)).ShouldBe(terms.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_text_of_known_words_needs_no_database()
    {
        await _normalizer.NormalizeAsync("How do I resume a stream? 断线后怎么恢复？", Cancelled);
        await _database.DisposeAsync();

        (await _normalizer.NormalizeAsync("Do I RESUME streams，a stream 恢复", Cancelled).AsTask().ShouldThrowAsync<Exception>()).ShouldNotBeNull();
        (await _normalizer.NormalizeAsync("Do I RESUME a stream，恢复", Cancelled)).ShouldBe(["resum", "stream", "恢复"]);
    }

    [Fact]
    public async Task Data_without_spaces_is_no_word()
    {
        (await _normalizer.NormalizeAsync(new string('x', 100_000) + " word " + string.Concat(Enumerable.Repeat("a_", 10_000)), Cancelled)).ShouldContain("word");
    }

    [Theory]
    [InlineData("How do I resume?", "en")]
    [InlineData("断线后怎么恢复？", "zh")]
    [InlineData("怎么使用 OpenAI WebSocket API？", "zh")]
    [InlineData("What does 断线 mean here?", "en")]
    [InlineData("4401 ?!", "und")]
    [InlineData("Привет, как дела?", "und")]
    public void The_language_is_told_by_the_writing(string text, string language)
    {
        TextLanguage.Of(text).ShouldBe(language);
    }
}
