"""0003 pre tell what became of a defect

Rules: never import a model or a type of ours; *pre* in the file name when the
old code can run on it, *post* when it can't; name every constraint.
"""

import sqlalchemy as sa
from alembic import op


revision = '7c1e5a90d3f4'
down_revision = '4f6d0c1be2a7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_column('outcome')
