namespace Evenkeel.Models.Extractive;

/// <summary>Words that every question has. They say how it is asked, not what about.</summary>
internal static class QuestionWords
{
    private static readonly HashSet<string> Small = new(
        (English + German + French + Spanish).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Stemming.Stem(Terms.Fold(word))), StringComparer.Ordinal);

    private const string English =
        "a an the is are was were be been being am do does did done doing how what which who whom whose where when why can could should "
        + "would will shall may might must i you he she it we they my your our their his her its me us them to of in on at for from with by "
        + "as and or but if then than so this that these those there here have has had having not no yes please tell explain describe show "
        + "about after before into up down out off over again get gets any some many much more most very just also only happen happens "
        + "mean means meaning need want let whats im ive id there's able possible way work works ";

    private const string German =
        "der die das den dem des ein eine einen einem einer eines ist sind war waren wird werden wurde wurden wer wen wem wessen wo wohin woher wann "
        + "warum wieso weshalb wie was welche welcher welches welchen welchem viele viel kann können muss soll darf und oder aber zu zum zur im in am an auf "
        + "aus bei mit nach von vom vor für über unter durch ich du er sie es wir ihr sich nicht auch nur noch man mein dein sein hat haben hatte bitte ";

    private const string French =
        "le la les l un une des du de d et ou mais est sont était étaient sera a ont avait qui que quoi quel quelle quels quelles où quand pourquoi comment "
        + "combien dans en au aux sur sous par pour avec sans chez ce cet cette ces il elle ils elles on nous vous je tu se s son sa ses leur leurs ne pas "
        + "plus qu c j n m t y peut doit fait ";

    private const string Spanish =
        "el la los las un una unos unas de del al y o pero es son era fue fueron será está están hay quién quiénes qué cuál cuáles dónde cuándo cómo cuánto "
        + "cuánta cuántos cuántas en con sin por para sobre entre su sus se lo le les no más este esta estos estas yo tú él ella nosotros ustedes puede debe tiene ";

    public static bool IsSmall(string stem) => Small.Contains(stem);
}
