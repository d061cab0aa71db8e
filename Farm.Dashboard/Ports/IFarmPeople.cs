namespace Farm.Dashboard.Ports;

/// <summary>The user of a circuit. Scoped.</summary>
public interface IFarmPeople
{
    /// <summary>Reads who is signed in; null for nobody.</summary>
    Task<Visitor?> ReadVisitorAsync(CancellationToken cancellationToken);
}

/// <summary>A signed-in user.</summary>
/// <param name="Username">The name.</param>
/// <param name="IsAdministrator">Whether the user may manage every project.</param>
public sealed record Visitor(string Username, bool IsAdministrator);

/// <summary>The addresses of the sign-in forms, which redirect back to a page.</summary>
public static class SignInAddresses
{
    /// <summary>The page itself.</summary>
    public const string Page = "/sign-in";

    /// <summary>Signs in with name and password.</summary>
    public const string SignIn = "/sign-in/enter";

    /// <summary>Registers a new account.</summary>
    public const string Register = "/sign-in/register";

    /// <summary>Ends the session.</summary>
    public const string SignOut = "/sign-out";
}
