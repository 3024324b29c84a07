#!/usr/bin/env python3
"""Files as shops, chat tools and advertisers export them, through the command line: which column is taken for what, and what
comes back. Small fixtures of our own with the headers and the quirks of the real files. TAP."""
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import traceback
import zipfile

CLI = os.path.abspath(sys.argv[1])


class Shell:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, encoding="utf-8"):
        with open(self.path(name), "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode(encoding))
        return self.path(name)

    def run(self, *arguments):
        environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
        return subprocess.run([CLI, "--no-progress", *arguments], capture_output=True, env=environment, cwd=self.folder, timeout=60)

    def read(self, project, files, kind, *more):
        """The result of an import as JSON, with its exit status."""
        files = [files] if isinstance(files, str) else files
        done = self.run("import", project, *files, "--as", kind, "--format", "json", *more)
        assert done.returncode in (0, 3), done.stderr.decode()
        result = json.loads(done.stdout)
        result["status"] = done.returncode
        for one in result["tables"]["import"]:
            assert one["read"] == one["stored"] + one["updated"] + one["unchanged"] + one["rejected"], one
        return result

    def refuse(self, project, file, kind, part):
        done = self.run("import", project, file, "--as", kind, *NEW)
        assert done.returncode == 1 and part in done.stderr.decode() and done.stderr.decode().startswith(file), (done.returncode, done.stderr.decode())

    def money(self, project):
        """Steps from what was placed to revenue, those of nothing left out."""
        tables = json.loads(self.run("reconcile", project, "--format", "json").stdout)["tables"]
        return {row["step"]: row["amount"] for row in tables["money"] if row["amount"] != "0.00"}

    def export(self, project, kind):
        done = self.run("export", project, kind)
        assert done.returncode == 0, done.stderr.decode()
        return list(csv.DictReader(io.StringIO(done.stdout.decode())))


def fields(result):
    """Field to header, the first where it is made of two columns."""
    taken = {}
    for row in result["tables"]["columns"]:
        for field in (row["field"] or "").split(", "):
            if field and not field.startswith(("prop:", "attr:")):
                taken.setdefault(field, row["column"])
    return taken


def assert_fields(result, expected):
    got = fields(result)
    for field, header in expected.items():
        assert got.get(field) == header, "%s: %s, not %s" % (field, got.get(field), header)


def assert_warned(result, part):
    assert any(part in warning for warning in result["warnings"]), result["warnings"]


NEW = ("--currency", "CNY", "--project-zone", "Asia/Shanghai")


def test_taobao(sh):
    """GBK, ="…" around numbers, ' before phones, a blank behind headers, statuses with a full-width comma, refunds already off."""
    rows = ['订单编号,买家会员名,买家应付货款,总金额,买家实际支付金额,订单状态,收货地址 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝总数量,店铺名称,订单关闭原因,退款金额,确认收货时间']
    for i in range(30):
        refund = 20 if i % 10 == 3 else 0
        status = "买家已付款，等待卖家发货" if i % 3 else "交易成功"
        rows.append('="34560000000000%04d",买家%d,100.00,100.00,%d.00,"%s",江苏省 扬州市,\'1380000%04d,2020-02-20 23:59:54,%s,商品%d,1,旗舰店,订单未关闭,%d.00,' % (i, i % 7, 100 - refund, status, i, "" if i == 5 else "2020-02-21 0:01:02", i % 4, refund))
    sh.write("ExportOrderList.csv", "\r\n".join(rows) + "\r\n", "gb18030")
    result = sh.read("t.marquetry", "ExportOrderList.csv", "orders", *NEW)
    assert_fields(result, {"key.nick": "买家会员名", "order_id": "订单编号", "paid_time": "订单付款时间", "created_time": "订单创建时间", "completed_time": "确认收货时间", "amount": "买家实际支付金额", "refund": "退款金额", "product": "宝贝标题", "quantity": "宝贝总数量", "status": "订单状态", "shop": "店铺名称"})
    statuses = {row["text"]: row["status"] for row in result["tables"]["statuses"]}
    assert statuses == {"买家已付款，等待卖家发货": "paid", "交易成功": "completed"}, statuses
    orders = sh.export("t.marquetry", "orders")
    assert {o["order_id"] for o in orders} == {"34560000000000%04d" % i for i in range(30)}
    assert sum(float(o["amount"]) for o in orders) == 30 * 100 - 3 * 20


def test_taobao_closed(sh):
    """A closed order was paid back, or never paid: the refund tells, not the status."""
    rows = "".join("3456%06d,b%d,100.00,%s,交易关闭,2020-02-20 10:00:00,%s,%s,%s\n" % (i, i, "0.00", "2020-02-20 11:00:00" if i < 4 else "", "100.00" if i < 4 else "0.00", "买家申请退款" if i < 4 else "买家未付款") for i in range(10))
    rows += "".join("3457%06d,c%d,100.00,%s,交易成功,2020-02-20 10:00:00,2020-02-20 11:00:00,%s,订单未关闭\n" % (i, i, "90.00" if i % 2 else "100.00", "10.00" if i % 2 else "0.00") for i in range(10))
    sh.write("t.csv", "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额,订单关闭原因\n" + rows)
    sh.read("t.marquetry", "t.csv", "orders", *NEW)
    assert sh.money("t.marquetry") == {"placed": "1400.00", "fully refunded": "-400.00", "partly refunded": "-50.00", "revenue": "950.00"}, sh.money("t.marquetry")
    tables = json.loads(sh.run("reconcile", "t.marquetry", "--format", "json").stdout)["tables"]
    closed = next(row for row in tables["statuses"] if row["status"] == "交易关闭")
    assert (closed["orders"], closed["fully_refunded"], closed["never_paid"]) == (10, 4, 6), closed


def test_youzan(sh):
    """A header twice, words for nothing, letters in numbers, two phones: the buyer's is the person."""
    sh.write("y.csv", "\ufeff订单号,销售渠道,归属店铺,订单状态,推广方式,订单来源,订单创建时间,买家付款时间,商品金额合计,运费,店铺优惠合计,应收订单金额,订单实付金额,全部商品名称,收货人/提货人,收货人手机号/提货人手机号,买家昵称,买家手机号,分销员,销售导购,订单退款状态,订单已退款金额,分销员\n"
             "E20260105100000000000001,网店,总店,交易完成,——,微信小程序,2026-01-05 10:00:00,2026-01-05 10:01:00,99.00,0.00,9.00,90.00,90.00,商品A x2;商品B x1,收货人,13900000000,昵称,13800000001,——, ,,0.00,\n"
             "E20260105100000000000002,网店,总店,已关闭,——,微信小程序,2026-01-05 11:00:00,,50.00,0.00,0.00,50.00,50.00,商品A,收货人,13900000000,昵称,13800000002,——, ,,0.00,\n")
    result = sh.read("y.marquetry", "y.csv", "orders", *NEW)
    assert_fields(result, {"key.phone": "买家手机号", "key.nick": "买家昵称", "order_id": "订单号", "paid_time": "买家付款时间", "amount": "订单实付金额", "refund": "订单已退款金额", "discount": "店铺优惠合计", "shipping": "运费", "product": "全部商品名称", "status": "订单状态", "campaign": "推广方式", "owner": "销售导购", "referrer": "分销员"})
    orders = sh.export("y.marquetry", "orders")
    assert orders[0]["order_id"] == "E20260105100000000000001" and orders[0]["product"] == "商品A x2;商品B x1", orders[0]
    assert not orders[0]["referrer"] and not orders[0]["owner"] and not orders[0]["campaign"], orders[0]
    sh.write("k.csv", "客户姓名,客户昵称,客户手机号,客户生日,客户性别,标签,来源渠道,成为客户时间,导购员,消费金额,\n张三,小张,13800000001,1990-01-02,男,VIP,门店,2025-01-01 10:00:00,李四,90.00,\n李四,小李,186******05,,女,,门店,2025-01-02 10:00:00,——,0.00,\n")
    result = sh.read("y.marquetry", "k.csv", "customers")
    assert_fields(result, {"key.phone": "客户手机号", "name": "客户姓名", "nickname": "客户昵称", "birth_date": "客户生日", "gender": "客户性别", "tags": "标签", "first_channel": "来源渠道", "added_at": "成为客户时间", "owner": "导购员"})
    assert_warned(result, "masked values")


def test_wecom(sh):
    """One row per customer and member of staff; a note above the header; no key in most rows."""
    sh.write("w.csv", "客户列表导出,,,,,\n客户名称,描述,添加人,添加人账号,添加时间,来源,手机,标签组1(意向)\n张三@微信,,小王,wang,2025-01-01 10:00:00,扫一扫,13800000001,高;A款\n张三@微信,,小李,li,2025-02-01 10:00:00,扫一扫,13800000001,中\n李四@某公司,,小王,wang,2025-01-03 10:00:00,名片分享,,低\n")
    result = sh.read("w.marquetry", "w.csv", "customers", *NEW)
    assert_fields(result, {"key.phone": "手机", "name": "客户名称", "remark": "描述", "owner": "添加人", "added_at": "添加时间", "first_channel": "来源"})
    assert result["tables"]["import"][0]["stored"] == 3
    assert_warned(result, "no key")
    again = sh.read("w.marquetry", "w.csv", "customers")["tables"]["import"][0]
    assert again["unchanged"] == 3, again


def test_jingdong(sh):
    """The order's sum on each of its lines; 帐号 and 账号; brackets in a header; a masked phone."""
    lines = "".join("10000000000%d,商品%d,%d,2026-01-0%d 10:00:00,%d.00,100.00,等待出库,jd_%d,1******6198,2026-01-0%d 10:05:00,0.00\n" % (i // 2, i % 2, i % 2 + 1, i // 2 + 1, 20 + 10 * (i % 2), i // 2, i // 2 + 1) for i in range(12))
    sh.write("jd.csv", "订单号,商品名称,订购数量,下单时间,京东价,应付金额,订单状态,下单帐号,联系电话,付款确认时间,运费金额\n" + lines, "gb18030")
    result = sh.read("j.marquetry", "jd.csv", "orders", *NEW)
    assert_fields(result, {"key.nick": "下单帐号", "order_id": "订单号", "paid_time": "付款确认时间", "created_time": "下单时间", "amount": "应付金额", "product": "商品名称", "quantity": "订购数量", "unit_price": "京东价", "status": "订单状态", "shipping": "运费金额"})
    summary = json.loads(sh.run("rfm", "j.marquetry", "--period", "all", "--format", "json").stdout)
    assert sum(float(row["revenue"]) for row in summary["tables"]["segments"]) == 600


def test_jingdong_notes(sh):
    """The sum that is still being counted has a note behind it; a page with a table, sent as Excel, says its encoding."""
    rows = "".join("<tr><td>2000000000%d</td><td>2026-01-0%d 10:00:00</td><td>%d.50%s</td><td>jd_%d</td></tr>" % (i, i + 1, i, "（系统计算中，该值仅供参考）" if i % 2 else "", i) for i in range(6))
    sh.write("jd.xls", "<meta charset=gb2312><table><tr><td>订单号</td><td>付款确认时间</td><td>应付金额</td><td>下单帐号</td></tr>%s</table>" % rows, "gb18030")
    result = sh.read("n.marquetry", "jd.xls", "orders", *NEW)
    assert_fields(result, {"key.nick": "下单帐号", "order_id": "订单号", "amount": "应付金额"})
    orders = sh.export("n.marquetry", "orders")
    assert sum(float(o["amount"]) for o in orders) == 18, (orders, result)
    assert_warned(result, "“应付金额”: a note in brackets is taken off 3 numbers.")


def test_douyin(sh):
    """A TAB inside the quotes before every text, - for nothing, ciphertext instead of people, several lines an order."""
    rows = "".join('"\t69170000000000000%d","\t69170000000000001%d","\t商品%d","1","%d.00","\t##密文%d","\t##密文","2026-01-0%d 10:00:00","-","2026-01-0%d 10:02:00","\t达人","已完成"\n' % (10 + i // 2, 10 + i, i, 10 + i, i, i % 9 + 1, i % 9 + 1) for i in range(20))
    sh.write("dy.csv", "\ufeff主订单编号,子订单编号,选购商品,商品数量,订单应付金额,收件人,收件人手机号,订单提交时间,订单完成时间,支付完成时间,达人昵称,订单状态\n" + rows)
    result = sh.read("d.marquetry", "dy.csv", "orders", *NEW)
    assert_fields(result, {"order_id": "主订单编号", "product": "选购商品", "quantity": "商品数量", "amount": "订单应付金额", "created_time": "订单提交时间", "paid_time": "支付完成时间", "campaign": "达人昵称", "status": "订单状态"})
    orders = sh.export("d.marquetry", "orders")
    assert {o["order_id"] for o in orders} == {"69170000000000000%d" % (10 + i) for i in range(10)}, orders[0]
    assert all(o["product"].startswith("商品") and not o.get("completed_time") for o in orders)
    assert not any(name.startswith("key") or name == "phone" for name in fields(result))
    assert_warned(result, "No column names the customer")


def test_second_status(sh):
    """What was refunded stands in a second column, for each line; a refusal and nothing (-, also quoted) change nothing."""
    after = ["退款成功", '"-"', "-", "售后关闭", "", "部分退款"]
    rows = "".join('6917%04d,%d,商品%d,10.00,2026-01-05 10:00:00,%s,%s\n' % (i // 2, i, i, "待付款" if i >= 22 else "已完成", after[i] if i < 6 else after[0] if i in (8, 9) else "") for i in range(24))
    sh.write("dy.csv", "主订单编号,子订单编号,选购商品,订单应付金额,支付完成时间,订单状态,售后状态\n" + rows)
    result = sh.read("d.marquetry", "dy.csv", "orders", *NEW)
    statuses = {row["text"]: (row["status"], row["rows"]) for row in result["tables"]["statuses"]}
    assert statuses == {"已完成": ("completed", 17), "已完成 + 退款成功": ("refunded", 3), "已完成 + 售后关闭": ("completed", 1), "已完成 + 部分退款": ("partly-refunded", 1), "待付款": ("unpaid", 2)}, statuses
    assert sh.money("d.marquetry") == {"placed": "240.00", "unpaid or closed": "-20.00", "fully refunded": "-20.00", "partly refunded": "-10.00", "revenue": "190.00"}, sh.money("d.marquetry")
    sh.write("back.csv", sh.run("export", "d.marquetry", "orders").stdout)
    assert sh.read("d.marquetry", "back.csv", "orders")["tables"]["import"][0]["unchanged"] == 24
    sh.read("d.marquetry", "dy.csv", "orders", "--save-mapping", "learnt", "--dry-run")
    sh.read("e.marquetry", "dy.csv", "orders", *NEW, "--mapping", "learnt")
    assert sh.money("e.marquetry") == sh.money("d.marquetry")
    plain = sh.read("p.marquetry", "dy.csv", "orders", *NEW, "--map", "status=订单状态")
    assert {row["text"] for row in plain["tables"]["statuses"]} == {"已完成", "待付款"}
    asked = sh.read("q.marquetry", "dy.csv", "orders", *NEW, "--map", "status=售后状态 + 订单状态", "--status", "退款成功 + 已完成=refunded")
    assert any(row["status"] == "refunded" for row in asked["tables"]["statuses"]), asked["tables"]["statuses"]


def test_shopify(sh):
    """Only the first line of an order has its sum, its times and its buyer; offsets that change; a guard before zips."""
    sh.write("s.csv", "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Zip,Refunded Amount,Source\n"
             "#1001,ann@example.org,paid,2025-10-07 09:50:26 +0200,EUR,30.00,5.00,35.00,0.00,2025-10-07 09:50:20 +0200,1,Cup,10.00,'75008,0.00,web\n"
             "#1001,ann@example.org,,,,,,,,2025-10-07 09:50:20 +0200,2,Plate,10.00,,,\n"
             "#1002,bob@example.org,paid,2025-11-07 09:50:26 +0100,EUR,20.00,0.00,20.00,0.00,2025-11-07 09:50:20 +0100,1,Cup,10.00,'10115,0.00,web\n"
             "#1002,bob@example.org,,,,,,,,2025-11-07 09:50:20 +0100,1,Plate,10.00,,,\n")
    result = sh.read("s.marquetry", "s.csv", "orders", "--currency", "EUR", "--project-zone", "Europe/Berlin")
    assert_fields(result, {"order_id": "Name", "key.email": "Email", "paid_time": "Paid at", "created_time": "Created at", "amount": "Total", "refund": "Refunded Amount", "discount": "Discount Amount", "shipping": "Shipping", "product": "Lineitem name", "quantity": "Lineitem quantity", "unit_price": "Lineitem price", "status": "Financial Status", "currency": "Currency"})
    assert result["tables"]["import"][0]["stored"] == 4
    summary = json.loads(sh.run("rfm", "s.marquetry", "--period", "all", "--format", "json").stdout)
    assert sum(float(row["revenue"]) for row in summary["tables"]["segments"]) == 55


def test_woocommerce(sh):
    """Names instead of keys, an amount written with the shop's sign, refunds as rows below zero."""
    sh.write("woo.csv", 'Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution\n2026-01-05 10:00:00,101,"$1,234.50",completed,Ann Smith,new,"2× Foo, 1× Bar",3,,1234.50,Organic: Google\n2026-01-06 10:00:00,101,"-$34.50",refunded,Ann Smith,returning,,0,,-34.50,\n')
    result = sh.read("woo.marquetry", "woo.csv", "orders", "--currency", "USD", "--project-zone", "UTC")
    assert_fields(result, {"order_id": "Order #", "time": "Date", "amount": "Net Sales", "status": "Status", "product": "Product(s)", "quantity": "Items sold"})


def test_mailchimp(sh):
    """A zip with one file a status, which only its name says; tags as a quoted list in a quoted cell."""
    head = "Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,LEID,EUID,NOTES,TAGS\n"
    with zipfile.ZipFile(sh.path("audience.zip"), "w") as out:
        out.writestr("subscribed_members_export_1.csv", head + 'ann@example.org,Ann,Smith,2025-01-01 10:00:00,2025-01-01 10:01:00,1,a,,"""VIP"",""Blog"""\n')
        out.writestr("unsubscribed_members_export_1.csv", head + "bob@example.org,Bob,Jones,2025-01-01 10:00:00,,2,b,,\n")
    result = sh.read("m.marquetry", "audience.zip", "customers", "--currency", "EUR", "--project-zone", "UTC")
    assert [row["file"] for row in result["tables"]["import"]] == ["audience.zip/subscribed_members_export_1.csv", "audience.zip/unsubscribed_members_export_1.csv"]
    assert_fields(result, {"key.email": "Email Address", "tags": "TAGS", "added_at": "OPTIN_TIME", "remark": "NOTES"})
    customers = {row["email"]: row for row in sh.export("m.marquetry", "customers")}
    assert customers["ann@example.org"]["tags"] == '"VIP","Blog"'
    assert {mail: (row["consent"], row["first_channel"]) for mail, row in customers.items()} == {"ann@example.org": ("subscribed", "mailchimp"), "bob@example.org": ("unsubscribed", "mailchimp")}, customers
    sh.write("back.csv", sh.run("export", "m.marquetry", "customers").stdout)
    assert sh.read("m.marquetry", "back.csv", "customers")["tables"]["import"][0]["read"] == 2
    assert {row["consent"] for row in sh.export("m.marquetry", "customers")} == {"subscribed", "unsubscribed"}
    sh.write("cleaned_members_export_1.csv", head + "bob@example.org,Bob,Jones,2025-01-01 10:00:00,,2,b,,\n")
    sh.read("m.marquetry", "cleaned_members_export_1.csv", "customers", "--save-mapping", "learnt")
    with open(sh.path("learnt")) as learnt:
        assert "cleaned" not in learnt.read()
    assert {row["email"]: row["consent"] for row in sh.export("m.marquetry", "customers")}["bob@example.org"] == "cleaned"


def test_consent(sh):
    """What a mailing program or a shop says of consent is the customer's consent, and the newest statement holds."""
    sh.write("klaviyo.csv", "Email,First Name,Email Marketing Consent,SMS Marketing Consent\nann@example.org,Ann,SUBSCRIBED,NEVER_SUBSCRIBED\nbob@example.org,Bob,UNSUBSCRIBED,\n")
    sh.write("shopify.csv", "Customer ID,First Name,Email,Accepts Email Marketing,Total Spent\n'1,Ann,ann@example.org,no,10.00\n'2,Cid,cid@example.org,yes,0.00\n")
    more = ["--currency", "EUR", "--project-zone", "UTC"]
    assert_fields(sh.read("c.marquetry", "klaviyo.csv", "customers", *more), {"key.email": "Email", "consent": "Email Marketing Consent"})
    assert_fields(sh.read("c.marquetry", "shopify.csv", "customers"), {"key.email": "Email", "consent": "Accepts Email Marketing"})
    done = sh.run("consent", "c.marquetry", "--format", "csv")
    assert done.returncode == 0, done.stderr.decode()
    said = sorted((row["consent"], row["import"]) for row in csv.DictReader(io.StringIO(done.stdout.decode())))
    assert said == [("UNSUBSCRIBED", "1"), ("no", "2"), ("yes", "2")], said


def test_google_ads(sh):
    """Two title lines, -- for nothing, thousands in quotes, totals below that must not count twice; no column says the channel."""
    sh.write("ads.csv", 'Campaign report\n"September 1, 2026 - September 30, 2026"\nDay,Campaign status,Campaign,Currency code,Impr.,Clicks,Cost,Conversions,Conv. value\n2026-09-01,Enabled,Brand,EUR,"12,034",120,"1,234.56",40.50,--\n2026-09-02,Enabled,Brand,EUR,100,1,10.00,0.00,5.00\nTotal: Account,--,--,EUR,"12,134",121,"1,244.56",40.50,5.00\nTotal: Campaigns,--,--,EUR,"12,134",121,"1,244.56",40.50,5.00\n')
    result = sh.read("g.marquetry", "ads.csv", "spend", "--currency", "EUR", "--project-zone", "UTC")
    assert_fields(result, {"channel": '"Google Ads"', "date": "Day", "campaign": "Campaign", "amount": "Cost", "impressions": "Impr.", "clicks": "Clicks", "platform_conversions": "Conversions", "platform_value": "Conv. value"})
    spend = sh.export("g.marquetry", "spend")
    assert sum(float(row["amount"]) for row in spend) == 1244.56, spend
    assert {row["channel"] for row in spend} == {"Google Ads"}, spend
    sh.write("de.csv", 'Kampagnenbericht\n1. September 2026 - 30. September 2026\nTag,Kampagne,Währungscode,Impressionen,Klicks,Kosten\n2026-09-01,Neu,EUR,"12.034",120,"1.234,56"\n2026-09-02,Neu,EUR,100,1,"10,00"\nGesamt: Konto,,EUR,"12.134",121,"1.244,56"\n')
    sh.write("qc.csv", "抖音号/计划,日期,整体消耗(元),整体支付ROI,整体成交金额(元),整体成交订单数\nA,2026-09-01,1234.56,2.1,2500.00,20\n")
    sh.read("g.marquetry", ["de.csv", "qc.csv"], "spend")
    sums = {}
    for row in sh.export("g.marquetry", "spend"):
        sums[row["channel"], row["campaign"]] = sums.get((row["channel"], row["campaign"]), 0) + float(row["amount"])
    assert sums == {("Google Ads", "Brand"): 1244.56, ("Google Ads", "Neu"): 1244.56, ("巨量千川", "A"): 1234.56}, sums
    sh.read("g.marquetry", "qc.csv", "spend", "--map", 'channel="Douyin"')
    assert "Douyin" in {row["channel"] for row in sh.export("g.marquetry", "spend")}


def test_ga4(sh):
    """JSON Lines; parameters as a list of keys and values; times in microseconds as text."""
    lines = "".join(json.dumps({"event_date": "20260105", "event_timestamp": str(1767600000000000 + i), "event_name": "page_view" if i % 2 else "purchase", "event_params": [{"key": "page_location", "value": {"string_value": "/p%d" % i}}, {"key": "ga_session_id", "value": {"int_value": "77"}}], "user_id": "u%d" % (i % 3), "user_pseudo_id": "77.%d" % i, "ecommerce": {"transaction_id": "T%d" % i, "purchase_revenue": 9.5}}) + "\n" for i in range(10))
    with gzip.open(sh.path("events.json.gz"), "wb") as out:
        out.write(lines.encode())
    result = sh.read("ga.marquetry", "events.json.gz", "events", "--currency", "EUR", "--project-zone", "UTC")
    assert_fields(result, {"time": "event_timestamp", "event": "event_name", "key.customer_id": "user_id", "key.cookie": "user_pseudo_id", "order_id": "ecommerce.transaction_id", "amount": "ecommerce.purchase_revenue", "session": "event_params.ga_session_id"})
    assert "event_params.page_location" in [row["column"] for row in result["tables"]["columns"]]
    assert len(sh.export("ga.marquetry", "events")) == 10


def test_wechat_pay(sh):
    """A backtick before every header and value; 用户标识 is an openid; refunds are rows of their own; below the table the sums
    with a header of their own."""
    head = "交易时间,公众账号ID,微信订单号,商户订单号,用户标识,交易类型,交易状态,货币种类,应结订单金额,微信退款单号,退款金额,商品名称,订单金额"
    rows = "".join("`2026-01-05 10:00:0%d,`wx1,`4200%d,`M%d,`o_%d,`JSAPI,`SUCCESS,`CNY,`10.00,`0,`0.00,`商品,`10.00\n" % (i, i, i, i % 2) for i in range(5))
    rows += "`2026-01-06 10:00:00,`wx1,`42001,`M1,`o_1,`JSAPI,`REFUND,`CNY,`0.00,`5,`10.00,`商品,`0.00\n"
    sh.write("wx.csv", ",".join("`" + name for name in head.split(",")) + "\n" + rows + "`总交易单数,`应结订单总金额,`退款总金额\n`6,`50.00,`10.00\n")
    result = sh.read("wx.marquetry", "wx.csv", "orders", *NEW)
    assert_fields(result, {"time": "交易时间", "order_id": "商户订单号", "key.openid": "用户标识", "amount": "应结订单金额", "refund": "退款金额", "product": "商品名称"})
    assert {row["openid"] for row in sh.export("wx.marquetry", "orders")} == {"o_0", "o_1"}
    assert [row["reason"] for row in result["tables"]["rejected"]] == ["note", "not a time"], result["tables"]["rejected"]
    assert sh.money("wx.marquetry") == {"placed": "50.00", "fully refunded": "-10.00", "revenue": "40.00"}, sh.money("wx.marquetry")


def test_alipay(sh):
    """A TAB behind every value is no delimiter; the ledger is no file of orders."""
    rows = "".join("1%d\t,2%d\t,2026-01-0%d 10:00:00\t,10.00\t,a%d\t\n" % (i, i, i + 1, i) for i in range(9))
    sh.write("tabs.csv", "交易编号,流水号,付款时间,支付金额,买家账号\n" + rows)
    assert_fields(sh.read("a.marquetry", "tabs.csv", "orders", *NEW), {"order_id": "交易编号", "paid_time": "付款时间", "amount": "支付金额", "key.nick": "买家账号"})
    assert sh.export("a.marquetry", "orders")[0]["order_id"] == "10"
    sh.write("ledger.csv", "#支付宝账务明细查询\n#账号：[2088]\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,备注\n1\t,2\t,3\t,商品,2026-01-05 10:00:00,a***@b.com,10.00,0.00,\n#---账务明细列表结束---\n", "gb18030")
    sh.refuse("a.marquetry", "ledger.csv", "orders", "ledger of payments")


def test_no_records(sh):
    """Summaries and settlements are known by their headers, and it is said what to take instead; settled by hand they are read."""
    sh.write("campaigns.csv", "Title,Subject,List,Send Date,Total Recipients,Unique Opens,Total Opens\nA,B,L,2026-01-05 10:00,10,5,6\n")
    sh.write("settlement.csv", "动账时间,动帐流水号,动账方向,动账金额,子订单号,订单号\n2026-01-05 10:00:00,'1,入账,10.00,'2,'3\n")
    sh.write("report.csv", "# Start date: 20260501\n\nDate + hour (YYYYMMDDHH),Sessions,Total users\n2026060708,10,9\n")
    sh.write("lines.csv", "订单编号,标题,价格,购买数量,外部系统编号,商品属性\n1,商品,10,1,,\n")
    sh.write("ads.csv", "Campaign report\nAll time\nCampaign status,Campaign,Impr.,Cost\nEnabled,Brand,10,5.00\n")
    for file, kind, part in (("campaigns.csv", "customers", "summary by campaign"), ("settlement.csv", "orders", "settlement report"), ("report.csv", "events", "download of a report"), ("lines.csv", "orders", "product lines"), ("ads.csv", "spend", "without days")):
        sh.refuse("none.marquetry", file, kind, part)
    given = sh.read("s.marquetry", "settlement.csv", "orders", *NEW, "--map", "time=动账时间", "--map", "amount=动账金额")
    assert_warned(given, "No column names the customer")


def test_tiktok(sh):
    """The second row describes the columns; a TAB behind each order's number."""
    rows = "".join("57%d\t,Completed,Delivered,P%d,1,20.00,0,01/%02d/2026 10:00:00 AM,01/%02d/2026 10:00:00 AM,buyer%d\n" % (i // 2, i % 2, 15 + i // 4, 15 + i // 4, i // 4) for i in range(20))
    sh.write("tk.csv", "Order ID,Order Status,Order Substatus,Product Name,Quantity,Order Amount,Order Refund Amount,Created Time,Paid Time,Buyer Username\nPlatform unique order ID.,Current order status.,Its part,Name,Quantity sold,What the buyer pays.,Refunded,When created,When paid,Buyer\n" + rows)
    result = sh.read("tk.marquetry", "tk.csv", "orders", "--currency", "GBP", "--project-zone", "UTC", "--amount-of", "order")
    assert_fields(result, {"order_id": "Order ID", "paid_time": "Paid Time", "amount": "Order Amount", "status": "Order Status", "key.nick": "Buyer Username"})
    assert [(row["line"], row["reason"]) for row in result["tables"]["rejected"]] == [(2, "note")], result["tables"]["rejected"]
    assert sh.money("tk.marquetry")["revenue"] == "200.00"


def test_reviews(sh):
    """What shops write for those who wrote nothing is kept, and in no mood figure."""
    texts = ["此用户没有填写评价。", "此用户没有填写评论!", "系统默认评论", "评价方未及时做出评价,系统默认好评!", "15天内买家未作出评价", "很好用", "太差了"]
    sh.write("r.csv", "评价时间,评价内容,买家昵称\n" + "".join('2026-01-05 10:00:00,"%s",a%d\n' % (text, i) for i, text in enumerate(texts)))
    assert sh.read("r.marquetry", "r.csv", "feedback", *NEW)["tables"]["import"][0]["stored"] == 7
    mix = json.loads(sh.run("sentiment", "r.marquetry", "--format", "json").stdout)["tables"]["mix"]
    assert sum(row["n"] for row in mix) == 2, mix


def test_damaged_numbers(sh):
    """One long number of many may end in 000; where all do, a spreadsheet was there."""
    head = "order_id,customer_id,date,amount\n"
    sh.write("good.csv", head + "".join("34560000000000%04d,a,2026-01-05,5\n" % i for i in range(990, 1010)))
    sh.write("bad.csv", head + "".join("3456%011d000,a,2026-01-05,5\n" % i for i in range(20)))
    assert not any("spreadsheet" in text for text in sh.read("d.marquetry", "good.csv", "orders", *NEW)["warnings"])
    assert_warned(sh.read("d.marquetry", "bad.csv", "orders"), "20 values (first in line 2) look like long numbers")


def test_guard_formula(sh):
    """A guard that is taken off leaves nothing odd to tell."""
    sh.write("g.csv", "order_id,customer_id,date,amount\n" + "".join('="00%d",a,2026-01-05,5\n' % i for i in range(20)))
    result = sh.read("g.marquetry", "g.csv", "orders", *NEW)
    assert result["warnings"] == [], result["warnings"]


def test_folder(sh):
    """Several files, a folder: one import each, overlaps by key."""
    os.mkdir(sh.path("months"))
    head = "order_id,customer_id,date,amount\n"
    sh.write("months/2026-01.csv", head + "1,a,2026-01-05,10\n2,b,2026-01-06,20\n")
    sh.write("months/2026-02.csv", head + "2,b,2026-01-06,20\n3,a,2026-02-06,30\n")
    first = sh.read("f.marquetry", "months", "orders", "--currency", "EUR", "--project-zone", "UTC")
    counts = [(row["stored"], row["unchanged"]) for row in first["tables"]["import"]]
    assert counts == [(2, 0), (1, 1)], counts
    again = sh.read("f.marquetry", ["months/2026-02.csv", "months/2026-01.csv"], "orders")
    assert [row["unchanged"] for row in again["tables"]["import"]] == [2, 2]
    assert len(sh.export("f.marquetry", "orders")) == 3


def test_kinds(sh):
    """All six kinds in, out, and in again without a change."""
    files = {
        "customers": "customer_id,name,tags,region\n1,Ann,VIP,North\n",
        "orders": "order_id,customer_id,date,amount,product,status\nA,1,2026-01-05,10.50,Cup,paid\n",
        "events": "customer_id,time,event,channel\n1,2026-01-05 10:00:00,view,mail\n",
        "messages": "customer_id,time,channel,status,direction,text\n1,2026-01-05 10:00:00,wechat,sent,out,Hello\n",
        "feedback": "customer_id,time,text,rating\n1,2026-01-05 10:00:00,Good cup,4.5\n",
        "spend": "date,channel,amount,campaign,impressions,clicks\n2026-01-05,mail,10.50,New,1000,10\n",
    }
    for kind, text in files.items():
        sh.write(kind + ".csv", text)
        assert sh.read("k.marquetry", kind + ".csv", kind, "--currency", "EUR", "--project-zone", "UTC")["tables"]["import"][0]["stored"] == 1, kind
        rows = sh.export("k.marquetry", kind)
        assert len(rows) == 1, kind
        sh.write("back.csv", sh.run("export", "k.marquetry", kind).stdout)
        assert sh.read("k.marquetry", "back.csv", kind)["tables"]["import"][0]["unchanged"] == 1, kind
    info = sh.run("info", "k.marquetry", "--format", "json").stdout.decode()
    for kind in files:
        assert '"%s"' % kind in info, kind


def main():
    tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith("test_") and name.endswith(os.environ.get("MQ_TEST", ""))]
    print("1..%d" % len(tests))
    for number, (name, test) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix="mq-exports-") as folder:
            try:
                test(Shell(folder))
                print("ok %d %s" % (number, name))
            except Exception:
                print("not ok %d %s" % (number, name))
                print("# " + traceback.format_exc().replace("\n", "\n# "))


main()
