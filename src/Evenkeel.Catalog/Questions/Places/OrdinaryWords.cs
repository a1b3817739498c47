using System.Collections.Frozen;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>Names of places that mostly mean something else, folded.</summary>
internal static class OrdinaryWords
{
    /// <summary>Count behind a word such as "in" and with a capital only.</summary>
    private static readonly FrozenSet<string> English = Set(
        "aim all alert along also anger angers apple april aria art ash august avenue bad bar bank barking bath battle bay beach bell best big black blue bless bond "
        + "boot born both bow box brace brave bright bring broken brook brown bug bull burn bury but camp can cap care case cave center central chain chance change "
        + "charm chat check chief christmas church city clay clear clearwater cliff close cloud clover coal coffee college come commerce concord congress converse cool "
        + "coral core cork corner cost court cross crown crystal cut data date day deal december delight design diamond disco do door down dream dry eagle early earth east "
        + "easy eden edge effort elk ember end energy english enterprise equality essence even evening event every excel exit experience eye fair faith fall far farm "
        + "federal female ferry field fine fire first flint flora flower force ford forest fork fort fortune found fountain fox free freedom french fresh friday friend "
        + "friendship front full garden gas gate general german globe goal gold golden good grace grand grant grass gray great green grove growth guide gulf guy half "
        + "hall ham happy hard harmony hay heart heath heaven help here high hill hit ho hold home honor hood hook hope horn hot house how hull human hunt ice ideal "
        + "independence industry island ivy jersey join joy june just justice key kind king knock lady lake land last launch laurel law leader learning level liberty light "
        + "like lily line lion list live liver lodge logo long lot love luck luna made mail main make male mall man manage many march marine market mars may me meadow "
        + "media meet mercury mesa message middle mill mind miner mini mission mobile model monday moon moral more most mount mountain move music net new news nice night noble "
        + "none nord normal north note oak ocean of offer oil old olive on one open optimist orange orient other out oxygen page paint pale palm paradise park part pass past "
        + "path pay peace pearl peer pen pilot pine pink pioneer pitch plain plan planet play plaza point pole polish pond pool pop port post power prairie present price pride "
        + "prime print progress project prospect providence public queen quick race rain rainbow ranch range reach reading ready real red remote republic reserve rest result "
        + "rich ridge right ring rio river road rock room rose round royal rugby rule run rye safe sale salt same sand sandy save school scone sea second security see send "
        + "september service set settle she shed shell shield ship shop side signal silver single sky small smart snow social soda soft solo some song soul source south space "
        + "spa split sport spring springs square stage star start state station stone store storm stream street strong style success sugar summer summit sun sunday "
        + "superior surprise swan sweet table tab target tea team temple test tide time to today tone top tour tours tower town track trade trail train tree trial trinity "
        + "trip troy true trust tube turkey turn twist under union unity up us use user usual utility vale valley value vicar victory view village vine virgin virtual vista "
        + "voice wait walk wall war ware warm warren was watch water way wayne we web wed welcome well wells west what wheel when white why wide wild will win wind "
        + "wine winter wish with wolf wood wool work world worms worth yes you young zero zone over such sample support batman dach");

    /// <summary>Names of people and of companies; they count behind a word such as "in", in small letters too.</summary>
    private static readonly FrozenSet<string> People = Set(
        "jordan georgia victoria florence chelsea charlotte nancy lorraine chad israel kent carson jackson lincoln madison sydney martin "
        + "thomas henry george james john david daniel francisco diego angelo martha laura savannah sofia "
        + "lydia lucia carolina virginia indiana montana dakota alberta brittany maria clara anna elena oscar hugo leon simon stanley taylor tyler mason logan kingston hamilton jefferson franklin jena roman");

    /// <summary>Languages, products and subjects that somebody is far likelier to mean, "talks in Rust": these count only with a country behind them.</summary>
    private static readonly FrozenSet<string> Subjects = Set(
        "java rust go python ruby swift dart scala delphi oracle perl elm julia ada pascal angular react vue node azure docker cocoa kotlin helm bash lisp haskell eiffel "
        + "apache tomcat ember grails django flask rails laravel symfony spring kafka spark hadoop redis mongo postgres mysql sqlite linux windows mac android ios unity "
        + "unreal blender figma git github gitlab jenkins ansible terraform kubernetes istio prometheus grafana cassandra elixir erlang clojure groovy fortran cobol solidity "
        + "basic matlab excel word access salesforce sap php html css sql javascript typescript webassembly graphql rest agile scrum lean kanban devops ux ui ai ml iot sre "
        + "tensorflow pytorch keras svelte next nuxt remix ionic flutter xamarin maui blazor dotnet net core deno bun vite quarkus micronaut cloud security "
        + "english german french spanish italian chinese japanese korean portuguese russian dutch polish arabic hindi mandarin turkish swedish danish norwegian finnish czech "
        + "person action practice production general detail depth english theory parallel seconds minutes hours days weeks months years advance order touch progress "
        + "private public total short brief common particular addition conclusion fact contrast memory time place scope charge control effect use case need town house "
        + "january february april june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
        + "physics mathematics biology chemistry medicine education finance banking insurance retail healthcare marketing sales business management leadership software hardware "
        + "science statistics economics law policy research industry government academia school university college office antarctica");

    /// <summary>Chinese names that are words; they count behind 在, 于, 去 or 到.</summary>
    private static readonly FrozenSet<string> Chinese = Set(
        "和平 朝阳 东方 中山 长安 大同 安全 开放 平安 太平 新华 建设 解放 光明 自由 民主 团结 友好 胜利 红旗 文化 科技 大学 中心 公园 城市 高新 开发 新城 中央 海洋 天空 "
        + "永恒 南山 宝山 金山 西湖 东区 西区 南区 北区 中原 和谐 和田 通用 同心 同江 大方 大安 大理 万年 理想 安心 安定 普及 普通 资源 中欧 欧盟 东盟 集成 合作 互助 共和 交口 平台 清流 "
        + "普安 永久 乐业 安康 长治 广安 永安 泰安 平原 高原 平和 前进 富裕 明水 新民 数据 云端 智能 服务 管理 高州 平均 阿里 三明 双流 洪流 向阳 黎明 幸福 东山 绿色");

    public static bool IsOrdinary(string folded) => English.Contains(folded);

    public static bool IsPerson(string folded) => People.Contains(folded);

    public static bool IsSubject(string folded) => Subjects.Contains(folded);

    public static bool IsOrdinaryChinese(string folded) => Chinese.Contains(folded);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
