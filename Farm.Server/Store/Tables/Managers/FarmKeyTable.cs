using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Managers;

/// <summary>Keys and identities that all managers of a farm share.</summary>
internal static class FarmKeyTable
{
    /// <summary>A value; null if it was never set.</summary>
    public static byte[]? Find(StoreSession db, string name) =>
        db.First("SELECT value FROM farm_keys WHERE name = $1", static row => row.GetBytes(0), name);

    /// <summary>The values whose names begin with a text, ordered by name.</summary>
    public static List<byte[]> Beginning(StoreSession db, string text) =>
        db.All("SELECT value FROM farm_keys WHERE substr(name, 1, length($1)) = $1 ORDER BY name", static row => row.GetBytes(0), text);

    /// <summary>Sets a value unless there is one, and returns the one that is there then.</summary>
    public static byte[] GetOrAdd(StoreSession db, string name, byte[] value)
    {
        db.Execute("INSERT INTO farm_keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, value);
        return Find(db, name)!;
    }

    /// <summary>Removes a value; does nothing if there is none.</summary>
    public static void Remove(StoreSession db, string name) => db.Execute("DELETE FROM farm_keys WHERE name = $1", name);
}
