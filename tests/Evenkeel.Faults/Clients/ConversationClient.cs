using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Checking;

namespace Evenkeel.Faults.Clients;

/// <summary>What people do in one conversation, each thing noted with what was answered.</summary>
/// <param name="person">Who does it.</param>
/// <param name="notes">Where it is noted.</param>
public sealed class ConversationClient(Person person, RunNotes notes)
{
    /// <summary>Known after the first send.</summary>
    public Guid? Thread { get; private set; }

    /// <summary>Sends a message until it is accepted, from each of the devices named at the same time, all with one <c>client_message_id</c>.</summary>
    public async Task<SendMessageResponse> SendAsync(string text, int[] devices, CancellationToken cancellationToken)
    {
        var clientId = Guid.NewGuid().ToString();
        var request = new SendMessageRequest { Message = text, ThreadId = Thread, ClientMessageId = clientId };
        var sent = new SentMessage { PersonId = person.Id, Text = text, ClientMessageId = clientId };
        notes.Add(sent);
        var answers = await Task.WhenAll(devices.Select(device => SendOnceAsync(device, request, cancellationToken)));
        foreach (var answer in answers)
        {
            sent.Accepted.Add(answer);
        }

        Thread = answers[0].ThreadId;
        return answers[0];
    }

    /// <summary>Asks for the turn to be stopped.</summary>
    public async Task StopAsync(Guid turn, CancellationToken cancellationToken)
    {
        using var response = await person.RequestAsync(
            0,
            server => new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/api/v1/chat/{Thread}/stop"))
            {
                Content = JsonContent.Create(new StopTurnRequest { TurnId = turn }, options: Wire.Json),
            },
            cancellationToken);
        response.EnsureSuccessStatusCode();
        notes.Add((await response.Content.ReadFromJsonAsync<StopTurnResponse>(Wire.Json, cancellationToken))!);
    }

    /// <summary>Asks for the answer to be written again. A repeated request may meet the turn that the unheard one made: a conflict.</summary>
    /// <returns>The new turn; null when it is a conflict.</returns>
    public async Task<Guid?> RegenerateAsync(Guid answer, CancellationToken cancellationToken)
    {
        using var response = await person.RequestAsync(
            0, server => new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/api/v1/messages/{answer}/regenerate")), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        var accepted = (await response.Content.ReadFromJsonAsync<SendMessageResponse>(Wire.Json, cancellationToken))!;
        notes.Add(new AskedAgain(accepted.TurnId, answer));
        return accepted.TurnId;
    }

    /// <summary>A fresh load.</summary>
    public Task<MessagePage> LoadAsync(CancellationToken cancellationToken) =>
        person.GetAsync<MessagePage>(0, $"/api/v1/threads/{Thread}/messages?limit=200", cancellationToken);

    private async Task<SendMessageResponse> SendOnceAsync(int device, SendMessageRequest body, CancellationToken cancellationToken)
    {
        using var response = await person.RequestAsync(
            device,
            server => new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/v1/chat")) { Content = JsonContent.Create(body, options: Wire.Json) },
            cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException($"A message was refused with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return (await response.Content.ReadFromJsonAsync<SendMessageResponse>(Wire.Json, cancellationToken))!;
    }
}
