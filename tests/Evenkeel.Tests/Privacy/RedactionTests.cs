using System.Text.RegularExpressions;
using Evenkeel.Platform.Privacy;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Privacy;

/// <summary>What passes and what does not, field by field and form by form.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("write to ada.lovelace@example.org soon", "write to [e-mail] soon")]
    [InlineData("写信给 王小明@例子.公司 吧", "写信给 [e-mail] 吧")]
    [InlineData("call 13812345678", "call [phone]")]
    [InlineData("call +86 138-1234-5678 now", "call [phone] now")]
    [InlineData("call +49 30 901820 00", "call [phone]")]
    [InlineData("card 4111 1111 1111 1111.", "card [card].")]
    [InlineData("not a card 4111 1111 1111 1112.", "not a card 4111 1111 1111 1112.")]
    [InlineData("pay DE89 3704 0044 0532 0130 00", "pay [iban]")]
    [InlineData("not an iban DE88 3704 0044 0532 0130 00", "not an iban DE88 3704 0044 0532 0130 00")]
    [InlineData("id 11010519491231002X", "id [id-number]")]
    [InlineData("Authorization: Bearer abcdef123456", "Authorization: Bearer [secret]")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln was refused", "[token] was refused")]
    [InlineData("key sk-proj-abcdefghijklmnop1234", "key [secret]")]
    [InlineData("""{"api_key": "hunter2"}""", """{"api_key": [secret]}""")]
    [InlineData("Host=db;Username=keeper;Password=hunter2;Port=5432", "Host=db;Username=keeper;Password=[secret];Port=5432")]
    [InlineData("amqp://guest:hunter2@broker:5672/", "amqp://[credentials]@broker:5672/")]
    [InlineData("GET /stream?token=abc.def&after_seq=7", "GET /stream?token=[secret]&after_seq=7")]
    [InlineData("01a1f8f4-9ed6-72a5-9303-424242424242 stays", "01a1f8f4-9ed6-72a5-9303-424242424242 stays")]
    [InlineData("10000000-0000-7000-8000-000000000000 stays", "10000000-0000-7000-8000-000000000000 stays")]
    public void Personal_data_and_secrets_are_masked_by_their_form(string text, string masked) => Redaction.Patterns(text).ShouldBe(masked);

    [Theory]
    [InlineData("status", "queued", "queued")]
    [InlineData("ErrorCode", "llm_unavailable", "llm_unavailable")]
    [InlineData("anything", "queue_full", "queue_full")]
    [InlineData("anything", "01a1f8f4-9ed6-72a5-9303-424242424242", "01a1f8f4-9ed6-72a5-9303-424242424242")]
    [InlineData("anything", "My neighbour Hans", "[text:17]")]
    [InlineData("model", "gpt-4o mini (Berlin)", "gpt-4o mini (Berlin)")]
    [InlineData("hint", "ask ada@example.org", "ask [e-mail]")]
    [InlineData("query", "pizza", "[text:5]")]
    [InlineData("query", "01a1f8f4-9ed6-72a5-9303-424242424242", "[text:36]")]
    [InlineData("user_name", "hans", "[text:4]")]
    [InlineData("path", "/api/v1/threads/01a1f8f4-9ed6-72a5-9303-424242424242", "/api/v1/threads/01a1f8f4-9ed6-72a5-9303-424242424242")]
    [InlineData("path", "/api/v1/threads/Hans Müller?q=x", "/api/v1/threads/*")]
    public void Text_passes_by_the_field_it_stands_in(string field, string text, string recorded) => Redaction.Text(field, text).ShouldBe(recorded);

    [Fact]
    public void Numbers_ids_and_times_pass_as_they_are()
    {
        var id = Guid.Parse("01a1f8f4-9ed6-72a5-9303-424242424242");
        foreach (var value in new object?[] { null, 1, 2.5, true, id, TimeSpan.FromSeconds(3), DateTimeOffset.UnixEpoch, DayOfWeek.Friday })
        {
            Redaction.Value("whatever", value).ShouldBe(value);
        }

        Redaction.Value("whatever", new SafeText("the operator's words")).ShouldBe("the operator's words");
        Redaction.Value("whatever", System.Net.IPAddress.Loopback).ShouldBe("[address]");
    }

    [Fact]
    public void Timeline_data_keeps_its_numbers_and_codes_and_loses_its_texts()
    {
        const string Clean = """{"route":"documents","passages":[{"passage_id":"01a1f8f4-9ed6-72a5-9303-424242424242","score":0.5}],"follow_up":true}""";

        Redaction.EventData(Clean).ShouldBeSameAs(Clean);
        Redaction.EventData("""{"route":"documents","words":"what he said","list":["Hans Müller"],"Hans Müller":1}""")
            .ShouldBe("""{"route":"documents","words":"[text:12]","list":["[text:11]"],"[name]":1}""");
    }

    [Fact]
    public void Words_of_exceptions_pass_only_where_they_are_the_operators_own()
    {
        Redaction.Describe(new PostgresException("invalid input syntax: \"Hans\"", "ERROR", "ERROR", "22P02", detail: "Hans", tableName: "turns"))
            .ShouldBe("PostgresException: 22P02 turns");
        Redaction.Describe(new InvalidOperationException("You said: Hans")).ShouldBe("InvalidOperationException");
        Redaction.Describe(new HttpRequestException("Hans", null, System.Net.HttpStatusCode.BadGateway)).ShouldBe("HttpRequestException: Unknown 502");
        Redaction.Describe(new IOException("/data is full")).ShouldBe("IOException: /data is full");
    }

    [Fact]
    public void What_cannot_be_judged_is_replaced()
    {
        Redaction.Value("whatever", new Throwing()).ShouldBe(Redaction.Failed);
        Redaction.EventData("not json").ShouldBe("""{"redaction":"failed"}""");
        Redaction.EventData("[1]").ShouldBe("""{"redaction":"failed"}""");
        Redaction.Describe(new ThrowingException()).ShouldBe("ThrowingException");
    }

    [Fact]
    public void No_text_keeps_the_expressions_busy()
    {
        foreach (var piece in new[] { "a@", "1 ", "1", "a.", "AB12 ", "+1(", "://a", "password=", "eyJaaaaa.", "%" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 4_000));
            // An expression that overruns its time would have it replaced as a whole.
            Redaction.Patterns(text).ShouldNotBe(Redaction.Failed);
        }

        Regex.IsMatch(Redaction.Patterns(new string('x', 10_000)), "^x{4000}…$").ShouldBeTrue();
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("Hans");
    }

    private sealed class ThrowingException : Exception
    {
        public override string Message => throw new InvalidOperationException("Hans");
    }
}
