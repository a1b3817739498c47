using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;
using Evenkeel.Faults.Proxy;
using Evenkeel.Faults.Runs;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Faults;

/// <summary>
/// One run of each kind of fault against the real program in processes of its own; <c>./bench crash</c> plays hundreds. What the machine does
/// meanwhile is not seeded, so a failure may need several tries to be seen again: its output holds the frames and calls.
/// </summary>
public sealed class FaultTests(FaultTests.Worlds worlds, ITestOutputHelper output) : IClassFixture<FaultTests.Worlds>
{
    // Other tests have the machine at the same time.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Duplicates, Marks.None)]
    [InlineData(FaultKind.KillBeforeCall, Marks.Finish)]
    [InlineData(FaultKind.KillBeforeCommit, Marks.Send)]
    [InlineData(FaultKind.KillAfterCommit, Marks.Send)]
    [InlineData(FaultKind.KillAfterCommit, Marks.Finish)]
    [InlineData(FaultKind.KillStreaming, Marks.None)]
    [InlineData(FaultKind.FreezeStreaming, Marks.None)]
    [InlineData(FaultKind.DatabaseKillBeforeCommit, Marks.Finish)]
    [InlineData(FaultKind.DatabaseRestart, Marks.Claim)]
    [InlineData(FaultKind.DatabaseSessionKill, Marks.None)]
    [InlineData(FaultKind.CallFails, Marks.Finish)]
    [InlineData(FaultKind.CallFails, Marks.Claim)]
    [InlineData(FaultKind.CutRequest, Marks.Send)]
    [InlineData(FaultKind.CutAnswer, Marks.Finish)]
    [InlineData(FaultKind.CutEverything, Marks.None)]
    [InlineData(FaultKind.Shutdown, Marks.None)]
    public async Task A_fault_breaks_no_promise(FaultKind kind, Marks mark)
    {
        var plan = FaultPlan.FromSeed(4711) with { World = WorldKind.Pair, Kind = kind, Mark = mark, Nth = 1, Conversations = 2, Messages = 2, IsEarly = false };

        await PlayAsync(plan);
    }

    [Theory]
    [InlineData(FaultKind.BrokerKill, Marks.Finish)]
    [InlineData(FaultKind.BrokerKillStreaming, Marks.None)]
    [InlineData(FaultKind.BrokerFreeze, Marks.Send)]
    [InlineData(FaultKind.BrokerFreezeStreaming, Marks.None)]
    [InlineData(FaultKind.BrokerCut, Marks.Finish)]
    [InlineData(FaultKind.BrokerCutStreaming, Marks.None)]
    [InlineData(FaultKind.KillStreaming, Marks.None)]
    [InlineData(FaultKind.KillBeforeCall, Marks.Snapshot)]
    public async Task A_fault_beside_a_broker_breaks_no_promise(FaultKind kind, Marks mark)
    {
        var plan = FaultPlan.FromSeed(4714) with
        {
            World = WorldKind.Brokered, Kind = kind, Mark = mark, Nth = 1, Conversations = 2, Messages = 2, IsEarly = false, BrokerAway = null,
        };

        await PlayAsync(plan);
    }

    [Fact]
    public async Task A_broker_that_is_soon_back_breaks_no_promise()
    {
        var plan = FaultPlan.FromSeed(4715) with
        {
            World = WorldKind.Brokered, Kind = FaultKind.BrokerKillStreaming, Mark = Marks.None, Conversations = 2, Messages = 2,
            BrokerAway = TimeSpan.FromSeconds(1),
        };

        await PlayAsync(plan);
        await PlayAsync(plan with { Seed = 4716, Kind = FaultKind.BrokerFreezeStreaming });
    }

    [Fact]
    public async Task The_broker_of_the_program_is_really_killed_frozen_and_cut_off()
    {
        var (world, _) = await worlds.GetAsync(WorldKind.Brokered);
        await world.WaitUntilConnectedAsync(Stop);

        foreach (var fault in new Action[] { world.Broker!.Kill, world.Broker.Freeze, world.BrokerRelay!.CutAll })
        {
            fault();
            await Task.WhenAll(world.Nodes.Select(node => node.WaitUntilBrokerAsync(isThere: false, Stop)));

            await world.EnsureRunningAsync(Stop);
            await world.WaitUntilConnectedAsync(Stop);
        }
    }

    [Fact]
    public async Task A_clock_that_jumps_breaks_no_promise()
    {
        Assert.SkipUnless(FakeClock.IsAvailable, "libfaketime (Debian package 'faketime') is not installed");
        var plan = FaultPlan.FromSeed(4712) with { World = WorldKind.Clocked, Kind = FaultKind.ClockForward, Mark = Marks.None, Conversations = 2, Messages = 2 };

        await PlayAsync(plan);
        await PlayAsync(plan with { Seed = 4713, Kind = FaultKind.ClockBack, Jump = TimeSpan.FromHours(-3) });
    }

    [Fact]
    public async Task The_clock_of_the_program_really_jumps()
    {
        Assert.SkipUnless(FakeClock.IsAvailable, "libfaketime (Debian package 'faketime') is not installed");
        var (world, person) = await worlds.GetAsync(WorldKind.Clocked);
        foreach (var hours in new[] { 2, -3, 0 })
        {
            world.Clock!.Jump(TimeSpan.FromHours(hours));

            var sent = await new ConversationClient(person, new()).SendAsync("what time is it?", [0], Stop);
            var page = await person.GetAsync<MessagePage>(0, $"/api/v1/threads/{sent.ThreadId}/messages", Stop);
            (page.Items[0].CreatedAt - DateTimeOffset.UtcNow).TotalHours.ShouldBe(hours, 0.05);
        }
    }

    private async Task PlayAsync(FaultPlan plan)
    {
        var (world, person) = await worlds.GetAsync(plan.World);
        var result = await new FaultRun(world, person, plan, Bound).RunAsync(Stop);
        output.WriteLine(result.ToString());
        if (!result.IsGood)
        {
            await worlds.ForgetAsync(plan.World);
        }

        result.IsGood.ShouldBeTrue(result.ToString());
        result.IsHit.ShouldBeTrue($"{plan} never struck");
    }

    /// <summary>Started when first asked for and used by all tests of the class.</summary>
    public sealed class Worlds : IAsyncDisposable
    {
        private readonly Dictionary<WorldKind, (FaultWorld World, Person Person)> _worlds = [];

        public async Task<(FaultWorld World, Person Person)> GetAsync(WorldKind kind)
        {
            if (!_worlds.TryGetValue(kind, out var known))
            {
                var folder = TestFolder.New("faults");
                var world = await kind.StartAsync(Path.Combine(AppContext.BaseDirectory, "evenkeel.dll"), folder, Stop);
                _worlds[kind] = known = (world, await Person.RegisterAsync(world.WebNodes, Stop));
            }

            return known;
        }

        /// <summary>What went wrong in a world must not colour the next test.</summary>
        public async Task ForgetAsync(WorldKind kind)
        {
            if (_worlds.Remove(kind, out var known))
            {
                known.Person.Dispose();
                await known.World.DisposeAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var kind in _worlds.Keys.ToList())
            {
                await ForgetAsync(kind);
            }
        }
    }
}
