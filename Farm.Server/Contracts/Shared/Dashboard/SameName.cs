namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>
/// The dashboard declares the farm's words once more, since it knows nothing of the server. Values are matched by name, as their
/// numbers differ.
/// </summary>
internal static class SameName
{
    /// <summary>The value of the same name in another enum.</summary>
    /// <exception cref="ArgumentException">The other has no such value.</exception>
    public static T As<T>(this Enum value)
        where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
