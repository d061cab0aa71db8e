using Farm.Tests.Architecture.Cycle.Left;

namespace Farm.Tests.Architecture.Cycle.Right;

/// <summary>Depends on the sibling folder only in a lambda.</summary>
internal static class Two
{
    public static IEnumerable<object> Counts(IEnumerable<int> numbers) => numbers.Select(number => (object)(number, One.CountAsync()));
}
