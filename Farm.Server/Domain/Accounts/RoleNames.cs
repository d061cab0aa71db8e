namespace Farm.Server.Domain.Accounts;

/// <summary>The names of roles, as people read and write them.</summary>
internal static class RoleNames
{
    /// <summary>The roles that an account may have, from the least to the most.</summary>
    public static IReadOnlyList<Role> OfAccounts { get; } = [Role.Artist, Role.Operator, Role.Administrator];

    /// <summary>The name of a role, such as <c>operator</c>.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of an account by its name, whatever its case; null for another text.</summary>
    public static Role? Parse(string name) =>
        OfAccounts.Where(role => role.Name().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(role => (Role?)role).FirstOrDefault();
}
