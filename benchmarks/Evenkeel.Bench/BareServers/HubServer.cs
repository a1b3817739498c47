using Microsoft.AspNetCore.SignalR;

namespace Evenkeel.Bench.BareServers;

/// <summary>A bare SignalR hub that broadcasts to all.</summary>
internal static class HubServer
{
    public static Task RunAsync(int port)
    {
        var builder = BareServer.Create(port);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<BroadcastHub>("/hub");
        var hub = app.Services.GetRequiredService<IHubContext<BroadcastHub>>();
        return BareServer.RunAsync(app, message => hub.Clients.All.SendAsync("message", message));
    }

    private sealed class BroadcastHub : Hub;
}
