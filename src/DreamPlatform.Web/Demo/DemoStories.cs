using DreamPlatform.Domain.Wishes;

namespace DreamPlatform.Web.Demo;

/// <summary>A wish of the demo; the people in it are invented.</summary>
/// <param name="Until">As far as it has come.</param>
internal sealed record DemoStory(
    WishStatus Until, string Title, string Story, string Category, string Region,
    (string Name, int Quantity, long AmountMinor)[] Items)
{
    /// <summary>Where in the list of projects its own is.</summary>
    public int Project { get; init; }

    /// <summary>Whether it is the second applicant's.</summary>
    public bool IsOfAnother { get; init; }

    /// <summary>What the two donors give, of a hundred; of a wish that is past collecting, the project gives the rest.</summary>
    public (int First, int Second) Percent { get; init; } = (25, 25);

    public string Message { get; init; } = "愿你们温暖过冬";

    public IReadOnlyList<ClaimCheck> Checks { get; init; } =
    [
        new(ClaimKind.Identity, CheckResult.Confirmed, CheckMethod.Video),
        new(ClaimKind.Need, CheckResult.Confirmed, CheckMethod.Papers),
        new(ClaimKind.Price, CheckResult.Confirmed, CheckMethod.Prices),
    ];
}

/// <summary>What the people of the demo wish for: first one wish in every state, all of one applicant.</summary>
internal static class DemoStories
{
    private const int Winter = 0, FirstMonth = 1, School = 2;

    public static readonly IReadOnlyList<DemoStory> All =
    [
        new(
            WishStatus.Draft, "一双防滑的棉鞋",
            "工地早上结霜，胶鞋又薄又滑。想要一双厚底的棉鞋，再加两双厚袜子。",
            "clothing", "hebei", [("防滑棉鞋", 1, 158_00), ("厚袜子", 2, 30_00)]),
        new(
            WishStatus.Submitted, "给漏风的窗户装密封条",
            "我们租的是老平房，四扇窗都漏风，夜里要拿衣服塞住缝。想把窗户封好，孩子睡觉就不冷了。",
            "housing", "shaanxi", [("窗户密封条", 4, 96_00), ("上门安装", 1, 160_00)]),
        new(
            WishStatus.InReview, "一台能甩干的小洗衣机",
            "我在饭店后厨，衣服天天是油。冬天手洗，晾三天还是湿的。想要一台能甩干的小洗衣机。",
            "household", "jiangsu", [("小洗衣机", 1, 899_00)]),
        new(
            WishStatus.Approved, "夜里送货穿的反光棉衣",
            "我骑三轮车送夜货，路上黑，也冷。想要一件带反光条的棉衣和两副手套，后面的车看得见我。",
            "clothing", "tianjin", [("反光棉衣", 1, 268_00), ("棉手套", 2, 45_00)]),
        new(
            WishStatus.Funding, "一台取暖器和两床棉被",
            "我们一家三口住在工地旁的板房里，冬天很冷，孩子常常感冒。\n想要一台取暖器和两床棉被过冬。",
            "housing", "chongqing", [("取暖器", 1, 899_00), ("棉被", 2, 360_00)]),
        new(
            WishStatus.Funded, "孩子上学用的书桌",
            "女儿今年上小学，每天趴在床边写作业，写久了腰疼。希望有一张书桌和一盏护眼灯。",
            "education", "zhejiang", [("书桌", 1, 480_00), ("护眼灯", 1, 120_00)])
        {
            Project = School,
            Message = "好好写字，慢慢长大",
        },
        new(
            WishStatus.Fulfilling, "四个人合用的冰箱和电饭锅",
            "我们四个人合租，下了夜班回来，外面已经没有热饭。有冰箱和电饭锅，就能带饭，也省下不少钱。",
            "food", "guangdong", [("电饭锅", 1, 239_00), ("小冰箱", 1, 799_00)])
        {
            Message = "下了班，吃口热的",
            Checks =
            [
                new(ClaimKind.Address, CheckResult.Confirmed, CheckMethod.Visit),
                new(ClaimKind.Need, CheckResult.Confirmed, CheckMethod.Call),
                new(ClaimKind.Payee, CheckResult.Confirmed, CheckMethod.Papers),
            ],
        },
        new(
            WishStatus.Delivered, "A bicycle to get to the early shift",
            "The first bus leaves after my shift begins. "
            + "With a bicycle I would not have to walk for an hour before dawn.",
            "transport", "guangdong", [("Bicycle", 1, 620_00), ("Lights and lock", 1, 80_00)])
        {
            Message = "Ride safely",
        },
        new(
            WishStatus.Fulfilled, "在家量血压，少跑几趟医院",
            "我血压高，医生让天天量。药店量一次要排队，请假又扣钱。想要一个血压计，再加三次复查的费用。",
            "health", "henan", [("血压计", 1, 218_00), ("复查费", 3, 150_00)])
        {
            Message = "身体要紧",
            Checks =
            [
                new(ClaimKind.Identity, CheckResult.Confirmed, CheckMethod.Video),
                new(ClaimKind.Need, CheckResult.Confirmed, CheckMethod.Papers),
                new(ClaimKind.Price, CheckResult.Partly, CheckMethod.Prices),
            ],
        },
        new(
            WishStatus.Rejected, "一部新手机",
            "我的手机还能打电话，就是慢。想换一部新的。",
            "other", "fujian", [("手机", 1, 1_999_00)]),
        new(
            WishStatus.Withdrawn, "过年回家的车票",
            "三年没回去了，想带孩子回家看看老人。一大一小两张车票。",
            "transport", "guizhou", [("车票", 2, 186_00)]),
        new(
            WishStatus.Cancelled, "A washing machine for a shared flat",
            "Six of us share a flat and wash by hand at night. "
            + "A small washing machine would give us back our evenings.",
            "household", "jiangsu", [("Washing machine", 1, 1_099_00)]),
        new(
            WishStatus.Fulfilled, "一副看得清黑板的眼镜",
            "儿子坐在第二排还看不清黑板，老师说该配眼镜了。验光加一副结实的镜架就够。",
            "education", "sichuan", [("配一副眼镜", 1, 420_00)])
        {
            Project = School,
            IsOfAnother = true,
            Message = "看清楚，走得远",
        },
        new(
            WishStatus.Funding, "一辆二手电动车，送早班的奶",
            "送奶站离住的地方七公里，凌晨没有车。有一辆二手电动车，我就能多接一条线。",
            "work", "hunan", [("二手电动车", 1, 1_280_00), ("头盔", 1, 89_00)])
        {
            Project = FirstMonth,
            IsOfAnother = true,
            Percent = (0, 0),
        },
        new(
            WishStatus.Funding, "两个孩子的校服和书包",
            "我们从老家搬来，两个孩子下个月入学。校服要自己买，书包还是旧布袋。",
            "education", "anhui", [("校服", 2, 180_00), ("书包", 2, 89_00)])
        {
            Project = School,
            IsOfAnother = true,
            Percent = (40, 20),
            Message = "开学快乐",
        },
        new(
            WishStatus.Funding, "奶奶的电热毯",
            "奶奶跟我们住，八十岁，夜里脚总是凉的。一条电热毯，两个暖水袋，就好睡了。",
            "household", "gansu", [("电热毯", 1, 189_00), ("暖水袋", 2, 50_00)])
        {
            IsOfAnother = true,
            Percent = (60, 30),
            Message = "给奶奶问好",
            Checks =
            [
                new(ClaimKind.Address, CheckResult.Confirmed, CheckMethod.Others),
                new(ClaimKind.Need, CheckResult.Confirmed, CheckMethod.Video),
                new(ClaimKind.Price, CheckResult.Confirmed, CheckMethod.Prices),
            ],
        },
        new(
            WishStatus.Funding, "押金还差一个月",
            "我刚在厂里找到活，工资下月才发，房东要先交押金。\n有了这间屋，就不用再睡在老乡的客厅里。",
            "housing", "shanghai", [("一个月的押金", 1, 1_500_00)])
        {
            Project = FirstMonth,
            IsOfAnother = true,
            Percent = (20, 10),
            Message = "先安顿下来",
        },
    ];
}
