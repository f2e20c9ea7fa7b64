using System.Collections;
using System.Data.Common;

namespace DreamPlatform.Benchmarks.Contenders;

/// <summary>One row of values, as far as the commit log asks for them.</summary>
internal sealed class MemoryRow : DbDataReader
{
    public object?[] Values { get; set; } = [];

    public override int FieldCount => Values.Length;

    public override int Depth => 0;

    public override bool HasRows => true;

    public override bool IsClosed => false;

    public override int RecordsAffected => 0;

    public override object this[int ordinal] => Values[ordinal]!;

    public override object this[string name] => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => (bool)Values[ordinal]!;

    public override byte GetByte(int ordinal) => (byte)Values[ordinal]!;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => (char)Values[ordinal]!;

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override string GetDataTypeName(int ordinal) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => (DateTime)Values[ordinal]!;

    public override decimal GetDecimal(int ordinal) => (decimal)Values[ordinal]!;

    public override double GetDouble(int ordinal) => (double)Values[ordinal]!;

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    public override Type GetFieldType(int ordinal) => throw new NotSupportedException();

    public override float GetFloat(int ordinal) => (float)Values[ordinal]!;

    public override Guid GetGuid(int ordinal) => (Guid)Values[ordinal]!;

    public override short GetInt16(int ordinal) => (short)(long)Values[ordinal]!;

    public override int GetInt32(int ordinal) => (int)Values[ordinal]!;

    public override long GetInt64(int ordinal) => (long)Values[ordinal]!;

    public override string GetName(int ordinal) => throw new NotSupportedException();

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override string GetString(int ordinal) => (string)Values[ordinal]!;

    public override object GetValue(int ordinal) => Values[ordinal]!;

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool IsDBNull(int ordinal) => Values[ordinal] is null or DBNull;

    public override bool NextResult() => false;

    public override bool Read() => false;
}
