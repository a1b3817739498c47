using System.Net;
using System.Net.Http.Json;
using Evenkeel.Chatbots;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chatbots;

public sealed class ChatbotsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Chatbots = "/api/v1/chatbots";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Evenkeel guide")]
    [InlineData("zh", "Evenkeel 指南")]
    public async Task A_new_organization_has_a_chatbot_in_its_owners_language(string language, string name)
    {
        var account = await fixture.Server.RegisterAsync(language);

        var chatbot = (await account.Http.GetAsync<Page<Chatbot>>(Chatbots)).Items.ShouldHaveSingleItem();

        chatbot.Name.ShouldBe(name);
        chatbot.WelcomeMessage.ShouldNotBeEmpty();
        chatbot.Status.ShouldBe("draft");
    }

    [Fact]
    public async Task A_chatbot_is_created_changed_and_read_back()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var created = await http.CreateChatbotAsync("  Support desk ");
        created.Name.ShouldBe("Support desk");
        created.Slug.ShouldStartWith("support-desk-");

        var patch = await http.PatchAsJsonAsync($"{Chatbots}/{created.Id}", new ChatbotRequest { WelcomeMessage = "Hi <b>there</b> '; DROP TABLE chatbots;--" }, Wire.Json, Cancelled);

        (await patch.ReadAsync<Chatbot>()).Name.ShouldBe("Support desk");
        (await http.GetAsync<Chatbot>($"{Chatbots}/{created.Id}/")).WelcomeMessage.ShouldBe("Hi <b>there</b> '; DROP TABLE chatbots;--");
    }

    [Fact]
    public async Task Lists_page_by_cursor()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        await http.CreateChatbotAsync("Second");
        await http.CreateChatbotAsync("Third");

        var first = await http.GetAsync<Page<Chatbot>>($"{Chatbots}?limit=2");
        var second = await http.GetAsync<Page<Chatbot>>($"{Chatbots}?limit=2&cursor={first.NextCursor}");

        first.Items.Count.ShouldBe(2);
        second.Items.ShouldHaveSingleItem();
        second.NextCursor.ShouldBeNull();
        first.Items.Concat(second.Items).Select(chatbot => chatbot.Id).Distinct().Count().ShouldBe(3);
        await (await http.GetAsync($"{Chatbots}?limit=0", Cancelled)).ShouldRefuseFieldAsync("limit");
        await (await http.GetAsync($"{Chatbots}?cursor=x", Cancelled)).ShouldRefuseFieldAsync("cursor");
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":"x\u0000y"}""", "name")]
    [InlineData("""{"name":"x","slug":"No Spaces"}""", "slug")]
    [InlineData("""{"name":"x","colour":"red"}""", "colour")]
    [InlineData("""{"name":5}""", "name")]
    public async Task A_field_that_is_not_right_is_named(string body, string field)
    {
        var http = (await fixture.Server.RegisterAsync("zh")).Http;

        var problem = await (await http.PostRawAsync(HttpMethod.Post, Chatbots, body)).ShouldRefuseFieldAsync(field);

        problem.Message.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
        (await http.GetAsync<Page<Chatbot>>(Chatbots)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_slug_is_taken_once_in_the_installation()
    {
        var one = (await fixture.Server.RegisterAsync()).Http;
        var other = (await fixture.Server.RegisterAsync()).Http;
        await (await one.PostAsync(Chatbots, new ChatbotRequest { Name = "A", Slug = "help-desk" })).ReadAsync<Chatbot>(HttpStatusCode.Created);

        var again = await other.PostAsync(Chatbots, new ChatbotRequest { Name = "B", Slug = "help-desk" });
        var renamed = await other.PatchAsJsonAsync(
            $"{Chatbots}/{(await other.FirstChatbotAsync()).Id}", new ChatbotRequest { Slug = "help-desk" }, Wire.Json, Cancelled);

        (await again.ShouldFailAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Details![0].Field.ShouldBe("slug");
        await renamed.ShouldFailAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
    }

    [Fact]
    public async Task Publishing_shows_in_the_status_and_in_the_directory_at_once()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = await account.Http.FirstChatbotAsync();
        var directory = fixture.Server.Services.GetRequiredService<IChatbotDirectory>();
        (await directory.FirstAsync(account.SignedIn.Organization.Id, Cancelled))!.Status.ShouldBe("draft");

        (await (await account.Http.PostAsync($"{Chatbots}/{chatbot.Id}/publish", null, Cancelled)).ReadAsync<Chatbot>()).Status.ShouldBe("published");

        (await directory.FirstAsync(account.SignedIn.Organization.Id, Cancelled))!.Status.ShouldBe("published");
        (await (await account.Http.PostAsync($"{Chatbots}/{chatbot.Id}/unpublish", null, Cancelled)).ReadAsync<Chatbot>()).Status.ShouldBe("draft");
    }

    [Fact]
    public async Task Settings_are_replaced_as_a_whole()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = await account.Http.FirstChatbotAsync();
        var address = $"{Chatbots}/{chatbot.Id}/settings";

        await (await account.Http.PostRawAsync(HttpMethod.Put, address, """{"persona":"Calm.","temperature":0.5,"fallback_models":["a","b"],"mask_personal_data":["phone","email"],"least_score":0.4}""")).ReadAsync<ChatbotSettings>();
        (await account.Http.GetAsync<ChatbotSettings>(address)).MaskPersonalData.ShouldBe(["email", "phone"]);
        var replaced = await (await account.Http.PostRawAsync(HttpMethod.Put, address, """{"persona":"Brief.","model":null}""")).ReadAsync<ChatbotSettings>();

        replaced.Temperature.ShouldBeNull();
        replaced.FallbackModels.ShouldBeEmpty();
        replaced.MaskPersonalData.ShouldBe(["card", "iban", "identity_number"]);
        replaced.LeastScore.ShouldBeNull();
        (await account.Http.GetAsync<ChatbotSettings>(address)).Persona.ShouldBe("Brief.");
        var directory = fixture.Server.Services.GetRequiredService<IChatbotDirectory>();
        (await directory.FindAsync(account.SignedIn.Organization.Id, chatbot.Id, Cancelled))!.Settings.Persona.ShouldBe("Brief.");
    }

    [Theory]
    [InlineData("""{"temperature":2.5}""", "temperature")]
    [InlineData("""{"temperature":"hot"}""", "temperature")]
    [InlineData("""{"fallback_models":["a",""]}""", "fallback_models[1]")]
    [InlineData("""{"top_p":1}""", "top_p")]
    [InlineData("""{"mask_personal_data":["card","name"]}""", "mask_personal_data")]
    [InlineData("""{"least_score":1.1}""", "least_score")]
    public async Task A_setting_that_is_not_right_is_named(string body, string field)
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var chatbot = await http.FirstChatbotAsync();

        await (await http.PostRawAsync(HttpMethod.Put, $"{Chatbots}/{chatbot.Id}/settings", body)).ShouldRefuseFieldAsync(field);
    }

    [Fact]
    public async Task Deleting_has_to_be_confirmed_and_hides_the_chatbot_everywhere()
    {
        var account = await fixture.Server.RegisterAsync();
        var http = account.Http;
        var chatbot = await http.CreateChatbotAsync();
        var source = await http.CreateSourceAsync(chatbot.Id);

        await (await http.DeleteAsync($"{Chatbots}/{chatbot.Id}", Cancelled)).ShouldRefuseFieldAsync("confirm");
        (await http.DeleteAsync($"{Chatbots}/{chatbot.Id}?confirm={chatbot.Slug}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        foreach (var address in new[] { $"{Chatbots}/{chatbot.Id}", $"{Chatbots}/{chatbot.Id}/settings", source })
        {
            await (await http.GetAsync(address, Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }

        var directory = fixture.Server.Services.GetRequiredService<IChatbotDirectory>();
        (await directory.FindAsync(account.SignedIn.Organization.Id, chatbot.Id, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task A_duplicate_is_an_unpublished_copy_that_knows_the_same()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var original = await http.FirstChatbotAsync();
        await http.PostAsync($"{Chatbots}/{original.Id}/publish", null, Cancelled);

        var copy = await (await http.PostAsync($"{Chatbots}/{original.Id}/duplicate", null, Cancelled)).ReadAsync<Chatbot>(HttpStatusCode.Created);

        copy.Name.ShouldBe("Evenkeel guide (copy)");
        copy.Status.ShouldBe("draft");
        copy.Slug.ShouldNotBe(original.Slug);
        var sourceOfCopy = (await http.GetAsync<Page<KnowledgeSource>>($"{Chatbots}/{copy.Id}/sources")).Items.ShouldHaveSingleItem();
        var sourceOfOriginal = (await http.GetAsync<Page<KnowledgeSource>>($"{Chatbots}/{original.Id}/sources")).Items.ShouldHaveSingleItem();
        sourceOfCopy.DocumentCount.ShouldBe(sourceOfOriginal.DocumentCount);
        sourceOfCopy.Id.ShouldNotBe(sourceOfOriginal.Id);
    }

    [Fact]
    public async Task Another_organizations_chatbot_does_not_exist()
    {
        var chatbot = await (await fixture.Server.RegisterAsync()).Http.FirstChatbotAsync();
        var stranger = await fixture.Server.RegisterAsync();
        var address = $"{Chatbots}/{chatbot.Id}";

        HttpResponseMessage[] responses =
        [
            await stranger.Http.GetAsync(address, Cancelled),
            await stranger.Http.GetAsync($"{address}/settings", Cancelled),
            await stranger.Http.GetAsync($"{address}/sources", Cancelled),
            await stranger.Http.PostRawAsync(HttpMethod.Patch, address, """{"name":"Mine"}"""),
            await stranger.Http.PostRawAsync(HttpMethod.Put, $"{address}/settings", "{}"),
            await stranger.Http.PostRawAsync(HttpMethod.Post, $"{address}/sources", """{"name":"Mine"}"""),
            await stranger.Http.DeleteAsync($"{address}?confirm={chatbot.Slug}", Cancelled),
            await stranger.Http.PostAsync($"{address}/publish", null, Cancelled),
            await stranger.Http.PostAsync($"{address}/duplicate", null, Cancelled),
        ];

        foreach (var response in responses)
        {
            await response.ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }

        var directory = fixture.Server.Services.GetRequiredService<IChatbotDirectory>();
        (await directory.FindAsync(stranger.SignedIn.Organization.Id, chatbot.Id, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task A_member_reads_and_does_not_write()
    {
        var account = await fixture.Server.RegisterAsync();
        var chatbot = await account.Http.FirstChatbotAsync();
        var member = await AsMemberAsync(account);

        (await member.GetAsync<Chatbot>($"{Chatbots}/{chatbot.Id}")).Id.ShouldBe(chatbot.Id);
        HttpResponseMessage[] responses =
        [
            await member.PostAsync(Chatbots, new ChatbotRequest { Name = "x" }),
            // The persona is confidential, and a chatbot that keeps it to itself would be of no use if the settings told it.
            await member.GetAsync($"{Chatbots}/{chatbot.Id}/settings", Cancelled),
            await member.PostRawAsync(HttpMethod.Put, $"{Chatbots}/{chatbot.Id}/settings", "{}"),
            await member.DeleteAsync($"{Chatbots}/{chatbot.Id}?confirm={chatbot.Slug}", Cancelled),
            await member.PostAsync($"{Chatbots}/{chatbot.Id}/sources", new CreateSourceRequest { Name = "x" }),
        ];
        foreach (var response in responses)
        {
            await response.ShouldFailAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        }
    }

    /// <summary>The same person, signed in again after losing the owner's role.</summary>
    private async Task<HttpClient> AsMemberAsync(TestAccount account)
    {
        await using (var administrator = NpgsqlDataSource.Create(fixture.Server.Database.AdministratorConnectionString))
        await using (var demote = administrator.CreateCommand("UPDATE memberships SET role = 'member' WHERE user_id = $1"))
        {
            demote.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = account.SignedIn.User.Id });
            await demote.ExecuteNonQueryAsync(Cancelled);
        }

        var login = await fixture.Server.Http.PostAsync(
            "/auth/login", new Contracts.Accounts.LoginRequest { Email = account.SignedIn.User.Email, Password = TestAccount.Password });
        var signedIn = await login.ReadAsync<Contracts.Accounts.SignedInResponse>();
        var http = new HttpClient { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
        return http;
    }
}
