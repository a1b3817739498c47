namespace Evenkeel.Models;

/// <summary>
/// What is refused. Clear-cut harm only: a rule needs an intention and an object, so that questions about a danger, and words that merely
/// look dangerous, pass. Both languages share the rules; the vocabularies give the words.
/// </summary>
internal static class ModerationRules
{
    private const Terms AboutWeapons = Terms.Defend | Terms.Game;

    public static IReadOnlyList<ModerationRule> All { get; } =
    [
        // First: who speaks of dying needs another answer than who threatens.
        new(ModerationCategory.SelfHarm, Terms.Crisis) { Only = ModeratedText.Question, Unless = Terms.OtherPerson | Terms.Game },
        new(ModerationCategory.SelfHarm, Terms.Ask, Terms.Suicide) { Only = ModeratedText.Question, Unless = Terms.Defend | Terms.OtherPerson },
        new(ModerationCategory.SelfHarm, Terms.Suicide, Terms.Recipe) { Unless = Terms.Defend },
        new(ModerationCategory.SelfHarm, Terms.Dose, Terms.Death) { Only = ModeratedText.Question, Within = 50, Unless = Terms.OtherPerson | Terms.Defend },
        new(ModerationCategory.SelfHarm, Terms.Suicide, Terms.Step) { Only = ModeratedText.Answer, Within = 250, CrossesSentences = true, Unless = Terms.Defend },

        new(ModerationCategory.Weapons, Terms.Ask, Terms.Make, Terms.Weapon) { Within = 90, Unless = AboutWeapons, Only = ModeratedText.Question },
        new(ModerationCategory.Weapons, Terms.Recipe, Terms.Weapon) { Within = 40, Unless = AboutWeapons },
        new(ModerationCategory.Weapons, Terms.Order, Terms.Weapon) { Within = 25, IsInOrder = true, Unless = AboutWeapons, Only = ModeratedText.Question },
        new(ModerationCategory.Weapons, Terms.Step, Terms.Make, Terms.Weapon)
        {
            Only = ModeratedText.Answer, Within = 250, CrossesSentences = true, Unless = AboutWeapons,
        },

        new(ModerationCategory.SexualMinors, Terms.Obtain, Terms.Sexual, Terms.Minor) { Unless = Terms.Defend },

        new(ModerationCategory.Violence, Terms.Intend, Terms.Kill, Terms.Person) { Within = 6, IsInOrder = true, EndsAtClause = true, Unless = Terms.Game },
        new(ModerationCategory.Violence, Terms.Intend, Terms.Attack, Terms.Place) { Within = 12, IsInOrder = true, EndsAtClause = true, Unless = Terms.Game },
        new(ModerationCategory.Violence, Terms.Ask, Terms.Kill, Terms.Person)
        {
            Within = 8, IsInOrder = true, EndsAtClause = true, Only = ModeratedText.Question, Unless = Terms.Game,
        },
        new(ModerationCategory.Violence, Terms.Ask, Terms.Murder) { Within = 12, IsInOrder = true, Only = ModeratedText.Question, Unless = Terms.Game | Terms.Defend },
        new(ModerationCategory.Violence, Terms.Intend, Terms.Murder) { Within = 6, IsInOrder = true, Only = ModeratedText.Question, Unless = Terms.Game | Terms.Defend },

        new(ModerationCategory.Hate, Terms.Exterminate, Terms.Group) { Within = 12, IsInOrder = true, EndsAtClause = true, Unless = Terms.Defend },
        new(ModerationCategory.Hate, Terms.Group, Terms.Contempt) { Within = 6, IsInOrder = true, EndsAtClause = true, Unless = Terms.Defend },

        new(ModerationCategory.Malware, Terms.Ask, Terms.Make, Terms.Malware) { Within = 80, Unless = Terms.Defend, Only = ModeratedText.Question },
        new(ModerationCategory.Malware, Terms.Order, Terms.Malware) { Within = 40, IsInOrder = true, Unless = Terms.Defend, Only = ModeratedText.Question },
        new(ModerationCategory.Malware, Terms.Present, Terms.Malware, Terms.Code) { Within = 20, IsInOrder = true, Unless = Terms.Defend, Only = ModeratedText.Answer },
        new(ModerationCategory.Malware, Terms.Ask, Terms.Hack, Terms.Victim, Terms.Account)
        {
            Within = 12, IsInOrder = true, EndsAtClause = true, Unless = Terms.Defend, Only = ModeratedText.Question,
        },

        new(ModerationCategory.Doxxing, Terms.Find, Terms.Target, Terms.Private) { Within = 60, Unless = Terms.Defend, Only = ModeratedText.Question },
        new(ModerationCategory.Doxxing, Terms.Ask, Terms.Dox) { Within = 12, IsInOrder = true, Unless = Terms.Defend, Only = ModeratedText.Question },
    ];
}
