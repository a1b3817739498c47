namespace Evenkeel.Models;

/// <summary>What a term counts as. One term may count as several.</summary>
[Flags]
internal enum Terms : ulong
{
    None = 0,

    /// <summary>A phrase that covers a dangerous word and takes its meaning away: "bath bomb", 狼人杀.</summary>
    Harmless = 1UL << 0,

    /// <summary>Somebody wants to be told how, or wants it done.</summary>
    Ask = 1UL << 1,

    /// <summary>An order to produce something: "write me a".</summary>
    Order = 1UL << 2,
    Make = 1UL << 3,
    Weapon = 1UL << 4,
    Recipe = 1UL << 5,

    /// <summary>Finding, reporting, stopping: speaks of a danger and not for it.</summary>
    Defend = 1UL << 6,

    /// <summary>Play and fiction in which nobody is hurt.</summary>
    Game = 1UL << 7,
    Kill = 1UL << 8,
    Person = 1UL << 9,
    Murder = 1UL << 10,
    Intend = 1UL << 11,
    Attack = 1UL << 12,
    Place = 1UL << 13,
    Crisis = 1UL << 14,
    Suicide = 1UL << 15,
    Dose = 1UL << 16,
    Death = 1UL << 17,
    OtherPerson = 1UL << 18,
    Sexual = 1UL << 19,
    Minor = 1UL << 20,
    Obtain = 1UL << 21,
    Exterminate = 1UL << 22,
    Group = 1UL << 23,
    Contempt = 1UL << 24,
    Malware = 1UL << 25,
    Hack = 1UL << 26,
    Victim = 1UL << 27,
    Account = 1UL << 28,
    Find = 1UL << 29,
    Private = 1UL << 30,
    Step = 1UL << 31,
    Target = 1UL << 32,
    Dox = 1UL << 33,
    Code = 1UL << 34,
    Present = 1UL << 35,
}
