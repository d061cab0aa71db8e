namespace Farm.Server.Domain.Accounts;

/// <summary>The names of roles, as people read and write them.</summary>
internal static class RoleNames
{
    /// <summary>The roles that an account may have, from the least to the most.</summary>
    public static IReadOnlyList<Role> OfAccounts { get; } = [Role.Artist, Role.Operator, Role.Administrator];

    /// <summary>The roles that a token may have. An artist's token can be no more than its account.</summary>
    public static IReadOnlyList<Role> OfTokens { get; } = [Role.Worker, Role.Viewer, Role.Artist, Role.Operator, Role.Administrator];

    /// <summary>The name of a role, such as <c>operator</c>.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of an account by its name, whatever its case; null for another text.</summary>
    public static Role? Parse(string name) => Find(OfAccounts, name);

    /// <summary>The role of a token by its name, whatever its case; null for another text.</summary>
    public static Role? ParseOfToken(string name) => Find(OfTokens, name);

    private static Role? Find(IReadOnlyList<Role> roles, string name) =>
        roles.Where(role => role.Name().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(role => (Role?)role).FirstOrDefault();
}
