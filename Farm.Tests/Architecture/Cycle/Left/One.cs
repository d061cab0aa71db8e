using Farm.Tests.Architecture.Cycle.Right;

namespace Farm.Tests.Architecture.Cycle.Left;

/// <summary>Depends on the sibling folder only in an async method. The tests check that this is found; nothing runs it.</summary>
internal static class One
{
    public static async Task<int> CountAsync()
    {
        await Task.Yield();
        return Two.Counts([]).Count();
    }
}
