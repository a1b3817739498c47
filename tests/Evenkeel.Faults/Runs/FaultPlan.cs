using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>Everything that is chosen about one run; the same seed chooses the same.</summary>
public sealed record FaultPlan
{
    private static readonly string[] SqlStates = ["53200", "40001", "57014", "58030", "XX000", "08006"];

    public required int Seed { get; init; }

    /// <summary>Where it is played.</summary>
    public required WorldKind World { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>The call it is aimed at; none for faults in mid-answer.</summary>
    public required Marks Mark { get; init; }

    /// <summary>Which of those calls.</summary>
    public required int Nth { get; init; }

    /// <summary>Where a cut is made.</summary>
    public required double Part { get; init; }

    public required string SqlState { get; init; }

    /// <summary>Conversations at the same time.</summary>
    public required int Conversations { get; init; }

    /// <summary>Messages of each of them.</summary>
    public required int Messages { get; init; }

    /// <summary>Tokens of the answer in the middle of which something happens.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>The model breaks off in the middle of that answer, and is asked again.</summary>
    public required bool Stumbles { get; init; }

    /// <summary>How far the clock jumps.</summary>
    public required TimeSpan Jump { get; init; }

    /// <summary>The fault may hit the very first message.</summary>
    public required bool IsEarly { get; init; }

    /// <summary>What people do by chance.</summary>
    public required int Whims { get; init; }

    /// <summary>How long a broker that is killed or frozen stays so; null: until everything has gone on without it.</summary>
    public required TimeSpan? BrokerAway { get; init; }

    /// <summary>Chooses.</summary>
    /// <param name="seed">From which all follows.</param>
    public static FaultPlan FromSeed(int seed)
    {
        var random = new Random(seed);
        // Neighbouring seeds take the worlds, and within a world its faults, in turn: many runs cover everything evenly.
        var world = Enum.GetValues<WorldKind>()[seed % Enum.GetValues<WorldKind>().Length];
        var kinds = FaultKinds.In(world);
        // A prime takes them out of order: a database that dies again and again is left alone for a while by its supervisor.
        var (kind, mark) = kinds[(int)(seed / Enum.GetValues<WorldKind>().Length * 7919L % kinds.Count)];
        return new FaultPlan
        {
            Seed = seed,
            World = world,
            Kind = kind,
            Mark = mark,
            Nth = random.Next(4) == 0 && HappensOften(mark) ? 2 : 1,
            Part = random.NextDouble(),
            SqlState = SqlStates[random.Next(SqlStates.Length)],
            Conversations = random.Next(1, 4),
            Messages = random.Next(1, 4),
            TokensBefore = random.Next(0, 9),
            Jump = TimeSpan.FromSeconds(random.Next(60, 5 * 3600)) * (kind == FaultKind.ClockBack ? -1 : 1),
            IsEarly = random.Next(3) == 0,
            Whims = random.Next(),
            Stumbles = mark == Marks.Restart || random.Next(5) == 0,
            // Mostly a moment, now and then longer than two heartbeats: then a frozen one is given up.
            BrokerAway = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(16 * Math.Pow(random.NextDouble(), 2)),
        };
    }

    private static bool HappensOften(Marks mark) =>
        mark is Marks.Send or Marks.Claim or Marks.Finish or Marks.RenewLease or Marks.LookForStops or Marks.Recover or Marks.Snapshot;

    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}, {World}: {Kind}{(Mark == Marks.None && Nth == 1 ? "" : $" at {(Mark == Marks.None ? "call" : Mark)} {Nth}")}";
}
