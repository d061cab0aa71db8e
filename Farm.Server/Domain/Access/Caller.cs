using Farm.Server.Domain.Accounts;

namespace Farm.Server.Domain.Access;

/// <summary>Who asks for something: a person, a tool, or the farm itself. Operations that people may not all do take it as their first parameter.</summary>
/// <param name="Role">What they are on this farm.</param>
/// <param name="Address">The address of their machine; empty for the farm.</param>
/// <param name="Account">The account that they signed in with; null without one.</param>
internal sealed record Caller(Role Role, string Address, Account? Account = null)
{
    private const string TokenName = "administrator token";

    /// <summary>The farm itself, for its duties and for what follows from the reports of workers.</summary>
    public static Caller Farm { get; } = new(Role.Administrator, "");

    /// <summary>The token that they sent; null without one.</summary>
    public Token? Token { get; init; }

    /// <summary>The key of their request, if they may send it again; null without one.</summary>
    public RequestKey? Key { get; init; }

    /// <summary>Whether the farm knows who they are: by an account, or by a token.</summary>
    public bool IsKnown => Account is not null || Token is not null;

    /// <summary>Through what they reached the farm.</summary>
    public Way Way { get; init; } = Way.Farm;

    /// <summary>What the audit calls them; empty for visitors and the farm itself.</summary>
    public string Name
    {
        // Without an account, only the administrator's token and the farm itself are administrators.
        get => field ?? Account?.Username ?? (Token is { } token ? $"token {token.Name}" : null) ?? (Role == Role.Administrator && Way != Way.Farm ? TokenName : "");
        init;
    }

    /// <summary>A worker, which has no rights of a person.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">The address of its machine.</param>
    /// <param name="key">The key of its request; null without one.</param>
    public static Caller Worker(string name, string address, RequestKey? key = null) => new(Role.Worker, address) { Way = Way.Worker, Name = name, Key = key };

    /// <summary>What is recorded as the owner of what they submit.</summary>
    public JobOwner Owner => new(Account?.Id, Address);

    /// <summary>Whether they may do something. Where visitors may do more than workers, a token for workers still brings workers.</summary>
    public bool May(Permission permission) =>
        AccessTable.Allows(Role, permission) || (Token is { Role: Role.Worker } && AccessTable.Allows(Role.Worker, permission));

    /// <summary>Requires a permission.</summary>
    /// <exception cref="FarmException">They do not have it (<see cref="ErrorKind.Forbidden"/>).</exception>
    public void Demand(Permission permission)
    {
        if (!May(permission)) throw new FarmException(ErrorKind.Forbidden, WhyNot(permission));
    }

    /// <summary>Whether they submitted a job: with this account or, if it was submitted without one, from this machine.</summary>
    public bool Owns(JobOwner owner) =>
        owner.AccountId is { } id ? id == Account?.Id : Address.Length > 0 && owner.Address == Address;

    /// <summary>Why they may not do something, and what to do.</summary>
    public string WhyNot(Permission permission) => Role switch
    {
        Role.Stranger => "this farm is closed: sign in at /sign-in, or send a token (see /docs/security)",
        Role.Viewer when !IsKnown => "this farm is not set up yet, so only its own machine may change it; enter the setup code at /setup",
        _ => $"this needs the role {AccessTable.LeastRole(permission).Name()}; {Who}",
    };

    private string Who => this switch
    {
        { Token: { } token } => $"the token \"{token.Name}\" is for {Role.Name()}",
        { Account: { } account } => $"\"{account.Username}\" is {Role.Name()}",
        _ => "sign in with an account that has it",
    };
}
