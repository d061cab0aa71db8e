using Farm.Tests.Architecture.Circle.Left;

namespace Farm.Tests.Architecture.Circle.Right;

/// <summary>Knows the folder beside it only in a lambda.</summary>
internal static class Two
{
    public static IEnumerable<object> Counts(IEnumerable<int> numbers) => numbers.Select(number => (object)(number, One.CountAsync()));
}
