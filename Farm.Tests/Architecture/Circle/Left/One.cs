using Farm.Tests.Architecture.Circle.Right;

namespace Farm.Tests.Architecture.Circle.Left;

/// <summary>Knows the folder beside it only in an awaiting method. The tests look whether that is found; nothing runs it.</summary>
internal static class One
{
    public static async Task<int> CountAsync()
    {
        await Task.Yield();
        return Two.Counts([]).Count();
    }
}
