namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>
/// The dashboard does not reference the server and declares its own enums. Values are matched by name, as their numbers differ.
/// </summary>
internal static class EnumMapping
{
    /// <summary>The value with the same name in another enum.</summary>
    /// <exception cref="ArgumentException">The other enum has no such value.</exception>
    public static T As<T>(this Enum value)
        where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
