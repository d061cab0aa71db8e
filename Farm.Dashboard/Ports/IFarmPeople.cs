namespace Farm.Dashboard.Ports;

/// <summary>Who looks at the dashboard. One of it for each browser's circuit.</summary>
public interface IFarmPeople
{
    /// <summary>Who is signed in here, read anew at each call; null for nobody.</summary>
    Task<Visitor?> ReadVisitorAsync(CancellationToken cancellationToken);
}

/// <summary>A person who is signed in.</summary>
/// <param name="Username">The name.</param>
/// <param name="IsAdministrator">Whether the person may do everything to every project.</param>
public sealed record Visitor(string Username, bool IsAdministrator);

/// <summary>Where the forms of the sign-in page are sent. What is sent back leads to a page again.</summary>
public static class SignInAddresses
{
    /// <summary>The page itself.</summary>
    public const string Page = "/sign-in";

    /// <summary>Takes a name and a password.</summary>
    public const string SignIn = "/sign-in/enter";

    /// <summary>Takes a name and a password of somebody new.</summary>
    public const string Register = "/sign-in/register";

    /// <summary>Ends the session.</summary>
    public const string SignOut = "/sign-out";
}
