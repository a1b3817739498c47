using Evenkeel.Search.Lexical;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;
using static Evenkeel.Tests.Search.MadeUpPassages;

namespace Evenkeel.Tests.Search;

/// <summary>Documents that come, are replaced, go, and become private at random: an index that follows the changes is the one made anew.</summary>
public sealed class IndexPropertyTests
{
    private static readonly string[] Vocabulary = ["keel", "sail", "mast", "rope", "deck", "helm", "hull", "fin", "bow", "stern", "jib", "boom"];
    private static readonly string[] Questions = ["keel sail", "mast rope deck keel helm", "boom", "fin keel stern jib hull sail mast bow", "unknown keel"];

    private static readonly Gen<MadeUpPassage> AnyPassage =
        from language in Gen.Elements("en", "en", "en", "zh", "de")
        from words in Gen.Elements(Vocabulary).NonEmptyListOf()
        from heading in Gen.Elements(Vocabulary).ListOf(1)
        select new MadeUpPassage(language, [.. words.Take(30)]) { Headings = [.. heading] };

    private static readonly Gen<Change> AnyChange =
        from document in Gen.Choose(0, 11)
        from source in Gen.Choose(0, 2)
        from isGone in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from hidden in Gen.Choose(0, 7)
        from passages in AnyPassage.ListOf(3)
        select new Change(document, Id(source), isGone, hidden, [.. passages]);

    [Fact]
    public void Changes_lead_to_the_index_that_is_built_anew_merged_or_not() =>
        Prop.ForAll(AnyChange.ListOf(25).ToArbitrary(), changes =>
        {
            var documents = new Dictionary<int, MadeUpDocument>();
            var index = PassageIndex.Empty(RankingWeights.Default);
            var revision = 0;
            foreach (var change in changes)
            {
                revision++;
                documents[change.Document] = new MadeUpDocument(Id(change.Document), revision, change.Source, change.Passages);
                if (change.IsGone)
                {
                    documents.Remove(change.Document);
                }

                var hidden = Enumerable.Range(0, 3).Where(source => (change.Hidden & (1 << source)) != 0).Select(Id).ToHashSet();
                index = Merged(Next(index, [.. documents.Values], hidden));
                var fresh = Next(PassageIndex.Empty(RankingWeights.Default), [.. documents.Values], hidden);
                foreach (var question in Questions)
                {
                    Told(index, question, seesPrivate: true).ShouldBe(Told(fresh, question, seesPrivate: true));
                    Told(index, question, seesPrivate: false).ShouldBe(Told(fresh, question, seesPrivate: false));
                }

                index.Count.ShouldBe(documents.Values.Sum(document => document.Passages.Count));
                Visible(index, documents.Values, hidden);
            }

            index.Views.Count.ShouldBeLessThan(10);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_passage_with_more_of_the_questions_words_is_never_worse() =>
        Prop.ForAll(AnyPassage.NonEmptyListOf().ToArbitrary(), others =>
        {
            // The same length and place; only one word is another.
            var index = Index([.. others.Take(20).Select(other => other with { Language = "en" }), new("en", "tiller", "cleat", "x"), new("en", "tiller", "y", "x")]);
            var best = index.Find("tiller cleat", limit: 50).Best;
            best[0].Coverage.ShouldBe(best.Max(hit => hit.Coverage));
            best.Select(hit => hit.Score).ShouldBeInOrder(SortDirection.Descending);
            best.ShouldAllBe(hit => hit.Coverage >= 0 && hit.Coverage <= 1.000001);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static PassageIndex Merged(PassageIndex index)
    {
        var plan = MergeSegments.Plan(index);
        return plan.Count == 0 ? index : index.WithMerged(plan, MergeSegments.Run(plan, index.Weights)).ShouldNotBeNull();
    }

    private static void Visible(PassageIndex index, IEnumerable<MadeUpDocument> documents, HashSet<Guid> hidden)
    {
        var secret = documents.Where(document => hidden.Contains(document.SourceId)).Select(document => document.Id).ToHashSet();
        foreach (var question in Questions)
        {
            var answer = index.Find(question, seesPrivate: false);
            answer.Best.Concat(answer.OtherLanguage).ShouldAllBe(hit => !secret.Contains(DocumentOf(index, hit)));
        }
    }

    private static Guid DocumentOf(PassageIndex index, LexicalHit hit)
    {
        var segment = index.Views[hit.At.View].Segment;
        return segment.Documents[segment.DocumentOf[hit.At.Place]].Id;
    }

    private static List<string> Told(PassageIndex index, string question, bool seesPrivate)
    {
        var answer = index.Find(question, limit: 50, seesPrivate: seesPrivate);
        string Told(LexicalHit hit) => $"{index.Views[hit.At.View].Segment.Ids[hit.At.Place]} {hit.Score:R} {hit.Coverage:R}";
        return [.. answer.Best.Select(Told), "other", .. answer.OtherLanguage.Select(Told), "hidden", .. answer.Hidden.Select(Told), $"{answer.Candidates}"];
    }

    private sealed record Change(int Document, Guid Source, bool IsGone, int Hidden, IReadOnlyList<MadeUpPassage> Passages);
}
