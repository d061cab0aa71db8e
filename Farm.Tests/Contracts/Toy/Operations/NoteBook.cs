using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Toy.Store;

namespace Farm.Tests.Contracts.Toy.Operations;

/// <summary>Keeps notes.</summary>
internal sealed class NoteBook(FarmStore store)
{
    /// <summary>All notes, oldest first.</summary>
    public IReadOnlyList<string> All() => store.Read(NoteTable.All);

    /// <summary>Adds a note, and answers how many there are now.</summary>
    /// <exception cref="FarmException">There is one like it.</exception>
    public Task<long> AddAsync(string text) => store.WriteAsync(tx =>
    {
        NoteTable.Insert(tx.Db, text);
        if (NoteTable.CountOf(tx.Db, text) > 1) throw new FarmException(ErrorKind.Conflict, "there is such a note");
        return NoteTable.Count(tx.Db);
    });
}
