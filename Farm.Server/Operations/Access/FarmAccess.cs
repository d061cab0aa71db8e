using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Access;

/// <summary>Says what whoever makes a request is on this farm.</summary>
internal sealed class FarmAccess(FarmStore store, IFarmConfiguration configuration)
{
    private volatile bool _isSetUp;

    /// <summary>Whether the farm has an administrator. Once it has, it always has, because the last one cannot be removed.</summary>
    public bool IsSetUp => _isSetUp || (_isSetUp = store.Read(AccountTable.Administrators) > 0);

    /// <summary>Whether nobody may even look without an account or a token.</summary>
    public bool IsClosed => configuration.Access == AccessMode.Closed;

    /// <summary>What somebody without an account or a token is.</summary>
    /// <param name="isLocal">Whether the client is on the server's own machine.</param>
    public Role Visitor(bool isLocal) => AccessTable.RoleOfVisitor(configuration.Access, isLocal || IsClosed || IsSetUp, isLocal);

    /// <summary>Who makes a request. Signing in never takes away what a visitor may do.</summary>
    /// <param name="account">The account that is signed in; null for nobody.</param>
    /// <param name="address">The address of the client.</param>
    /// <param name="isLocal">Whether the client is on the server's own machine.</param>
    /// <param name="way">Through what they reached the farm.</param>
    public Caller Identify(Account? account, string address, bool isLocal, Way way) =>
        new(OrVisitor(account?.Role, isLocal), address, account) { Way = way };

    /// <summary>Who makes a request with a token. One for a project only looks elsewhere.</summary>
    /// <param name="token">The token.</param>
    /// <param name="account">The account for which it acts, see <see cref="Accounts.Tokens.Find"/>.</param>
    /// <param name="address">The address of the client.</param>
    /// <param name="isLocal">Whether the client is on the server's own machine.</param>
    /// <param name="way">Through what they reached the farm.</param>
    public Caller Identify(Token token, Account? account, string address, bool isLocal, Way way) =>
        new(OrVisitor(token.ProjectId is not null ? Role.Viewer : account?.Role ?? token.Role, isLocal), address, account) { Token = token, Way = way };

    /// <summary>What whoever knows a worker's secret is.</summary>
    public Caller IdentifyWorker(string address, bool isLocal) => new(OrVisitor(Role.Worker, isLocal), address) { Way = Way.Worker };

    /// <summary>A role or what any visitor is, whichever is more.</summary>
    private Role OrVisitor(Role? role, bool isLocal) => Visitor(isLocal) is var visitor && role > visitor ? role.Value : visitor;
}
