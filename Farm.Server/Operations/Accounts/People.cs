using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>Shows administrators the people of the farm.</summary>
internal sealed class People(FarmStore store, TimeProvider time)
{
    /// <summary>All accounts; first those that wait for activation, then the others in order of registration.</summary>
    /// <exception cref="Domain.FarmException">The caller may not manage people.</exception>
    public IReadOnlyList<Person> All(Caller caller)
    {
        caller.Demand(Permission.ManagePeople);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return [.. store.Read(db => PeopleView.All(db, now)).OrderBy(person => person.Account.IsActive || person.IsInvited)];
    }
}
