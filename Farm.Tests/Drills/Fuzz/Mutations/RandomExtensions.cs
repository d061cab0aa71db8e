namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Choices.</summary>
internal static class RandomExtensions
{
    /// <summary>One of them.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>Whether something happens that has this chance in a hundred.</summary>
    public static bool Chance(this Random random, int percent) => random.Next(100) < percent;
}
