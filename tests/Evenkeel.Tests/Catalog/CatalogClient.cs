using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Xunit;

namespace Evenkeel.Tests.Catalog;

/// <summary>The requests that tests of the catalogue make.</summary>
internal static class CatalogClient
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<CatalogueEvent> AddEventAsync(this HttpClient http, SaveEventRequest request) =>
        await (await http.PostAsync("/api/v1/events", request)).ReadAsync<CatalogueEvent>(HttpStatusCode.Created);

    public static async Task<Location> AddLocationAsync(this HttpClient http, SaveLocationRequest request) =>
        await (await http.PostAsync("/api/v1/locations", request)).ReadAsync<Location>(HttpStatusCode.Created);

    public static Task<Location> AddLocationAsync(this HttpClient http, string name, string kind, Guid? parentId = null) =>
        http.AddLocationAsync(new SaveLocationRequest { Name = name, Kind = kind, ParentId = parentId });

    public static Task<HttpResponseMessage> MergeAsync(this HttpClient http, Guid id, params Guid[] others) =>
        http.PostAsync($"/api/v1/locations/{id}/merge", new MergeLocationsRequest { LocationIds = others });

    public static Task<HttpResponseMessage> PutAsync<T>(this HttpClient http, string address, T body) =>
        http.PutAsJsonAsync(address, body, Wire.Json, Cancelled);

    /// <summary>The same person, signed in again after losing the owner's role.</summary>
    public static async Task<HttpClient> AsMemberAsync(this TestAccount account, TestServer server)
    {
        await server.Database.ChangeAsync("UPDATE memberships SET role = 'member' WHERE user_id = $1", account.SignedIn.User.Id);
        var login = await server.Http.PostAsync("/auth/login", new LoginRequest { Email = account.SignedIn.User.Email, Password = TestAccount.Password });
        return (account with { SignedIn = await login.ReadAsync<SignedInResponse>() }).At(server.Address).Http;
    }
}
