from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_unreadable_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signaturecheck",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("VERIFIED", "Signature verified"),
                    ("NOT_TRUSTED", "Intact, signer not trusted"),
                    ("ALTERED", "Altered, or the signature is invalid"),
                    ("UNSIGNED", "No signature"),
                    ("NOT_A_PDF", "Not a PDF"),
                    ("CANNOT_TELL", "Cannot tell"),
                ],
                max_length=12,
                verbose_name="verdict",
            ),
        ),
    ]
