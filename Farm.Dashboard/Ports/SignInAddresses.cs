namespace Farm.Dashboard.Ports;

/// <summary>The addresses of the sign-in, setup and password forms, which redirect back to a page.</summary>
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

    /// <summary>The page that sets the farm up.</summary>
    public const string SetupPage = "/setup";

    /// <summary>The page on which a person sets their password with a code. A link has the code in its fragment, which browsers never send.</summary>
    public const string PasswordPage = "/new-password";

    /// <summary>Sets the password.</summary>
    public const string SetPassword = "/new-password/set";

    /// <summary>Makes the first administrator, with the setup code.</summary>
    public const string SetUp = "/setup/finish";
}
