using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;

namespace Farm.Tests.Domain.Access;

/// <summary>Who may do what, row by row.</summary>
public sealed class AccessTableTests
{
    /// <summary>Every permission with the roles that have it.</summary>
    private static readonly Dictionary<Permission, Role[]> Table = new()
    {
        [Permission.Work] = [Role.Worker, Role.Viewer, Role.Visitor, Role.Artist, Role.Operator, Role.Administrator],
        [Permission.Look] = [Role.Worker, Role.Viewer, Role.Visitor, Role.Artist, Role.Operator, Role.Administrator],
        [Permission.AddWorkers] = [Role.Worker, Role.Operator, Role.Administrator],
        [Permission.MakeTokens] = [Role.Artist, Role.Operator, Role.Administrator],
        [Permission.SubmitJobs] = [Role.Visitor, Role.Artist, Role.Operator, Role.Administrator],
        [Permission.ControlOwnJobs] = [Role.Visitor, Role.Artist, Role.Operator, Role.Administrator],
        [Permission.Register] = [Role.Visitor, Role.Artist, Role.Operator, Role.Administrator],
        [Permission.ControlJobs] = [Role.Operator, Role.Administrator],
        [Permission.ControlWorkers] = [Role.Operator, Role.Administrator],
        [Permission.ReadAudit] = [Role.Operator, Role.Administrator],
        [Permission.ManageWorkflows] = [Role.Administrator],
        [Permission.ManageSettings] = [Role.Administrator],
        [Permission.ManageBackups] = [Role.Administrator],
        [Permission.ManagePeople] = [Role.Administrator],
    };

    [Fact]
    public void Each_role_may_do_what_its_row_says_and_nothing_else()
    {
        Assert.Equal(Enum.GetValues<Permission>().Order(), Table.Keys.Order());
        foreach (var (permission, roles) in Table)
            Assert.Equal(roles, Enum.GetValues<Role>().Order().Where(role => AccessTable.Allows(role, permission)));
    }

    [Theory]
    [InlineData(AccessMode.Submit, false, false, Role.Viewer)]
    [InlineData(AccessMode.Open, false, false, Role.Viewer)]
    [InlineData(AccessMode.Submit, true, false, Role.Visitor)]
    [InlineData(AccessMode.Open, true, false, Role.Operator)]
    [InlineData(AccessMode.Submit, false, true, Role.Operator)]
    [InlineData(AccessMode.Submit, true, true, Role.Operator)]
    [InlineData(AccessMode.Open, true, true, Role.Operator)]
    [InlineData(AccessMode.Closed, false, false, Role.Stranger)]
    [InlineData(AccessMode.Closed, true, false, Role.Stranger)]
    [InlineData(AccessMode.Closed, true, true, Role.Operator)]
    internal void A_visitor_is_what_the_setting_the_setup_and_the_machine_say(AccessMode mode, bool isSetUp, bool isLocal, Role role) =>
        Assert.Equal(role, AccessTable.RoleOfVisitor(mode, isSetUp, isLocal));

    [Fact]
    public void A_job_belongs_to_the_account_that_submitted_it_or_without_one_to_the_machine()
    {
        var artist = new Caller(Role.Artist, "192.168.1.7", new Account(4, Guid.Empty, "ada", true, Role.Artist, 0));
        Assert.True(artist.Owns(new JobOwner(4, "192.168.1.9")));
        Assert.True(artist.Owns(new JobOwner(null, "192.168.1.7")));
        Assert.False(artist.Owns(new JobOwner(5, "192.168.1.7")));
        Assert.False(artist.Owns(new JobOwner(null, "192.168.1.9")));
        Assert.False(new Caller(Role.Visitor, "").Owns(new JobOwner(null, "")));
        Assert.False(new Caller(Role.Visitor, "192.168.1.7").Owns(new JobOwner(4, "192.168.1.7")));
    }

    [Fact]
    public void A_refusal_says_what_is_missing_and_what_to_do()
    {
        Assert.Equal(
            "this farm is not set up yet, so only its own machine may change it; enter the setup code at /setup",
            Refusal(new Caller(Role.Viewer, "192.168.1.7"), Permission.SubmitJobs));
        Assert.Equal("this needs the role operator; sign in with an account that has it", Refusal(new Caller(Role.Visitor, "192.168.1.7"), Permission.ControlWorkers));
        Assert.Equal(
            "this farm is closed: sign in at /sign-in, or send a token (see /docs/security)", Refusal(new Caller(Role.Stranger, "192.168.1.7"), Permission.Look));
        Assert.Equal(
            "this needs the role operator; the token \"farm tools\" is for viewer",
            Refusal(new Caller(Role.Viewer, "192.168.1.7") { Token = new Token(1, "farm tools", Role.Viewer, null, null, null, 0, null, null) }, Permission.ControlWorkers));
        Assert.Equal(
            "this needs the role administrator; \"ada\" is operator",
            Refusal(new Caller(Role.Operator, "192.168.1.7", new Account(4, Guid.Empty, "ada", true, Role.Operator, 0)), Permission.ManageBackups));
    }

    private static string Refusal(Caller caller, Permission permission)
    {
        var refused = Assert.Throws<FarmException>(() => caller.Demand(permission));
        Assert.Equal(ErrorKind.Forbidden, refused.Kind);
        return refused.Message;
    }
}
